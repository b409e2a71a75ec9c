"""What config.yaml says: its text becomes a frozen `Config`, or a line for every bad key."""

from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from sendguard.errors import BadConfig

if TYPE_CHECKING:
    import yaml

DEEPEST = 20


def _network(written: object) -> IPv4Network | IPv6Network:
    text = str(written)
    try:
        return ip_network(text)
    except ValueError:
        pass
    try:
        near = ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"“{text}” is no network such as 10.20.0.0/16") from None
    raise ValueError(f"“{text}” is no network; did you mean {near}?")


def _can_be_sent(name: str) -> str:
    if not (name.isascii() and name.isprintable()):
        raise ValueError("only printable characters of ASCII can be sent as a name")
    return name


def _are_routes(routes: Mapping[str, str]) -> Mapping[str, str]:
    for name, target in routes.items():
        for what, text in (("name", name), ("target", target)):
            host, colon, port = text.rpartition(":")
            if not (colon and host and port.isdigit() and 0 < int(port) < 65536):
                raise ValueError(f"the {what} “{text}” is not of the form “host:port”")
    return routes


Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]
UserAgent = Annotated[str, AfterValidator(_can_be_sent)]
Routes = Annotated[Mapping[str, str], AfterValidator(_are_routes)]


class Section(BaseModel):
    """A part of config.yaml: frozen, and no key passes unread."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Visits(Section):
    """How links are visited.

    Attributes:
        at_once: Requests under way at a time.
        at_once_per_host: Requests under way at a time to one host.
        timeout_s: Longest wait for one answer, headers and the part of the body that is read.
        remember_s: How long a good answer stands in for asking again in a later run, a week at
            most; 0 for never, and nothing is kept then.
        allow_private: Networks that may be visited although they are not public.
        connect_to: Where to connect instead, by `host:port` or `*:port`; the certificate is
            still checked against the link's own host.
        ca_file: PEM file of authorities to trust in addition to the usual ones.
        proxy: Address of an HTTP proxy.
        user_agent: Sent in place of SendGuard's own.
    """

    at_once: Annotated[int, Field(ge=1, le=1000)] = 128
    at_once_per_host: Annotated[int, Field(ge=1, le=64)] = 8
    timeout_s: Annotated[float, Field(gt=0, le=300)] = 15.0
    remember_s: Annotated[float, Field(ge=0)] = 600.0
    allow_private: tuple[Network, ...] = ()
    connect_to: Routes = Field(default_factory=dict)
    ca_file: str | None = None
    proxy: str | None = None
    user_agent: UserAgent | None = None


class Walled(StrEnum):
    """What a walled link does to its newsletter."""

    WARN = "warn"
    UNVERIFIED = "unverified"


class Gate(Section):
    """What may go out."""

    walled: Walled = Walled.WARN


class Config(Section):
    """All of config.yaml; every key has a default."""

    campaigns: str = "campaigns"
    visit: Visits = Visits()
    gate: Gate = Gate()

    @classmethod
    def parse(cls, text: str, file: str) -> "Config":
        """The config that `text` spells out.

        Args:
            text: YAML; empty means every default.
            file: Its name, for complaints.

        Raises:
            BadConfig: It is no YAML, or keys or values are wrong; one line for each.
        """
        keys = _keys(text, file)
        try:
            return cls.model_validate(keys)
        except ValidationError as error:
            lines = _lines(text)
            said = (_complaint(detail, lines, file) for detail in error.errors())
            raise BadConfig("\n".join(said)) from error


Path = tuple[str | int, ...]


def _keys(text: str, file: str) -> dict[str, Any]:
    import yaml

    try:
        _refuse_tricks(text, file)
        keys = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        raise BadConfig(f"{where}: not YAML: {getattr(error, 'problem', error)}") from error
    except (ValueError, OverflowError) as error:  # a date that is none, a number without end
        raise BadConfig(f"{file}: a value cannot be read: {error}") from error
    if keys is None:
        return {}
    if not isinstance(keys, dict):
        raise BadConfig(f"{file}:1: expected keys such as “visit:”, found {type(keys).__name__}")
    return keys


def _refuse_tricks(text: str, file: str) -> None:
    """Refuse what settings never need and what would cost without end."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise BadConfig(f"{file}:{line}: references (*name) and deep nesting are not used here")


def _lines(text: str) -> dict[Path, int]:
    """The line of each key, by its path from the top."""
    import yaml

    found: dict[Path, int] = {}

    def walk(node: "yaml.Node | None", path: Path) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                found[*path, key.value] = key.start_mark.line + 1
                walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for at, value in enumerate(node.value):
                found[*path, at] = value.start_mark.line + 1
                walk(value, (*path, at))

    walk(yaml.compose(text, Loader=yaml.SafeLoader), ())
    return found


def _complaint(detail: ErrorDetails, lines: Mapping[Path, int], file: str) -> str:
    path = detail["loc"]
    known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in lines), ())
    where = f"{file}:{lines.get(known, 1)}"
    name = ".".join(str(step) for step in known)
    if detail["type"] == "extra_forbidden":
        return f"{where}: there is no key “{name}”{_nearest(path)}"
    says = _IN_OUR_WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return f"{where}: {name}: {says}"


# Where pydantic names what only a programmer knows.
_IN_OUR_WORDS = {
    "model_type": "expected keys and their values",
    "dict_type": "expected keys and their values",
    "mapping_type": "expected keys and their values",
    "tuple_type": "expected a list, such as [a, b]",
}


def _nearest(path: Path) -> str:
    sections: dict[str, type[Section]] = {"visit": Visits, "gate": Gate}
    keys = sections.get(str(path[0]), Config).model_fields
    near = get_close_matches(str(path[-1]), keys, n=1)
    return f"; did you mean “{near[0]}”?" if near else ""
