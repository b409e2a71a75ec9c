"""Cases that are told in YAML files beside the tests that read them."""

from pathlib import Path
from typing import Any

import yaml


def told_in(file: Path) -> Any:  # noqa: ANN401 - each file has a shape of its own
    """What stands in a file, read by the loader that is fast: every worker collects every test."""
    return yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
