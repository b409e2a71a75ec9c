"""What config.yaml says: its text becomes a frozen `Config`, or one complaint about every bad key."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import PurePosixPath
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from sendguard.errors import BadConfig

Network = IPv4Network | IPv6Network
Seconds = Annotated[float, Field(gt=0, le=300)]


class Section(BaseModel):
    """A part of config.yaml: frozen, and no key passes unread."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
