"""This is where the text of config.yaml and the environment become a frozen `Config`."""

from sendguard.config.config import Config, Sourced, files_to_read, read_config
from sendguard.config.sections import Gate, Keep, Log, Security, Smtp, Visits, Walled, Watch

__all__ = [
    "Config",
    "Gate",
    "Keep",
    "Log",
    "Security",
    "Smtp",
    "Sourced",
    "Visits",
    "Walled",
    "Watch",
    "files_to_read",
    "read_config",
]
