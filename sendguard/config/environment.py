"""Settings in the environment: `SENDGUARD_VISIT__AT_ONCE` is `at_once` of `visit`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sendguard.config.section import Path

PREFIX = "SENDGUARD_"
IN_A_FILE = "_FILE"

# What Kubernetes tells every pod about each service, here one whose name begins with “sendguard”.
_ADDRESS = r"[0-9a-f.:]+"
_PLACE = rf"(?:tcp|udp|sctp)://\[?{_ADDRESS}\]?:\d+"
_PORT = r"PORT_\d+_(?:TCP|UDP|SCTP)"
_FROM_KUBERNETES = (
    ("SERVICE_HOST", _ADDRESS),
    (r"SERVICE_PORT(?:_[A-Z0-9_]+)?", r"\d+"),
    (rf"(?:PORT|{_PORT})", _PLACE),
    (f"{_PORT}_PROTO", "(?:tcp|udp|sctp)"),
    (f"{_PORT}_PORT", r"\d+"),
    (f"{_PORT}_ADDR", _ADDRESS),
)
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """What the environment says.

    Attributes:
        texts: The text for each key that it sets, as it stands there.
        origins: The variable that each of them came from.
        unknown: Variables that begin as ours do and are none.
    """

    texts: Mapping[Path, str] = field(default_factory=dict)
    origins: Mapping[Path, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def variable(path: Path) -> str:
    """The variable that sets this key."""
    return PREFIX + "__".join(path).upper()


def are_ours(environment: Mapping[str, str]) -> bool:
    """Whether any variable may be meant for us."""
    return any(name.startswith(PREFIX) for name in environment)


def read_variables(environment: Mapping[str, str], keys: Mapping[str, Path]) -> Variables:
    """What `environment` says to `keys`, which are told by variable.

    A variable without text counts as not set: that is how a variable that is missing outside a
    container arrives in it.
    """
    ours = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
    named = files_named(ours, keys)
    # A file that nobody read leaves nothing, which is complained about where it is not obeyed.
    texts = {keys[name]: ours.get(name, "") for name in keys if ours.get(name) or name in named}
    return Variables(
        texts=texts,
        origins={path: variable(path) + _file(path, named) for path in texts},
        unknown=tuple(
            name
            for name, text in sorted(ours.items())
            if not (_is_known(name, keys) or _is_from_kubernetes(name, text))
        ),
    )


def files_named(environment: Mapping[str, str], keys: Mapping[str, Path]) -> dict[str, str]:
    """The file that holds the text of a variable, by that variable.

    `SENDGUARD_SMTP__PASSWORD_FILE` names one; `SENDGUARD_VISIT__CA_FILE` is a key of its own.
    """
    named = {name: environment.get(name + IN_A_FILE, "") for name in keys}
    return {name: file for name, file in named.items() if file}


def _file(path: Path, named: Mapping[str, str]) -> str:
    return IN_A_FILE if variable(path) in named else ""


def _is_known(name: str, keys: Mapping[str, Path]) -> bool:
    return name in keys or name.removesuffix(IN_A_FILE) in keys


def _is_from_kubernetes(name: str, text: str) -> bool:
    pair = f"{name}={text}"
    return len(pair) < _LONGEST and any(
        re.fullmatch(rf"{PREFIX}(?:[A-Z0-9_]+_)?{kind}={value}", pair)
        for kind, value in _FROM_KUBERNETES
    )
