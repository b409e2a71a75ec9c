"""What `sendguard doctor` tells: for each part of the whole whether it works, or what to do."""

from sendguard.report.health.part import Health, Part
from sendguard.report.health.told import health_as_json, health_as_text

__all__ = ["Health", "Part", "health_as_json", "health_as_text"]
