"""What config.yaml and the environment say: a frozen `Config`, or a line for every bad key."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, get_origin

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from sendguard.config.environment import IN_A_FILE, Variables, files_named, read_variables, variable
from sendguard.config.gateway import Gateway, Listener
from sendguard.config.hiding import Shown, without_password, without_token
from sendguard.config.kinds import Database, NotifyAddress, OrNull, Text
from sendguard.config.section import Path, Section, keys_of
from sendguard.config.sections import Correct, Gate, Keep, Log, Mail, Smtp, Visits, Watch
from sendguard.config.written import Value, Written, read_yaml
from sendguard.errors import BadConfig


class Config(Section):
    """All of config.yaml; every key has a default.

    Attributes:
        campaigns: The folder that campaigns stand in.
        database: Where what was checked is kept, as SQLAlchemy writes it; None: nothing is kept.
        log: The form of what `serve` logs.
        notify: Apprise's addresses of those who are told.
    """

    campaigns: Text = "campaigns"
    database: Annotated[Database | None, OrNull, Shown(without_password)] = Field(
        default="sqlite:///sendguard.db", repr=False
    )
    keep: Keep = Keep()
    visit: Visits = Visits()
    gate: Gate = Gate()
    watch: Watch = Watch()
    notify: Annotated[tuple[NotifyAddress, ...], Shown(without_token)] = Field(
        default=(), repr=False, max_length=50
    )
    log: Log = Log.TEXT
    smtp: Smtp = Smtp()
    mail: Mail = Mail()
    correct: Correct = Correct()
    gateway: Gateway = Gateway()

    @property
    def relay(self) -> Smtp:
        """Which server takes SendGuard's own messages: `smtp:`, else the gateway's next hop."""
        is_next_hop = self.gateway.is_named and not self.smtp.is_named
        return self.gateway.relay if is_next_hop else self.smtp

    @classmethod
    def parse(
        cls, text: str, environment: Mapping[str, str], file: str = "config.yaml"
    ) -> "Config":
        """The config that `text` spells out and `environment` changes.

        Args:
            text: YAML; empty means every default.
            environment: Variables as `os.environ` has them. Where `SENDGUARD_X_FILE` names a file,
                its content has been put under `SENDGUARD_X`; see `files_to_read`.
            file: The file's name, for complaints.

        Raises:
            BadConfig: It is no YAML, or keys or values are wrong; one line for each.
        """
        return read_config(text, environment, file).config


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A config, and where its values came from.

    Attributes:
        origins: By key: `config.yaml:12`, or the variable; a key that is missing has its default.
    """

    config: Config
    origins: Mapping[Path, str] = field(default_factory=dict)


def read_config(text: str, environment: Mapping[str, str], file: str = "config.yaml") -> Sourced:
    """As `Config.parse`, with the origin of every value."""
    written = read_yaml(text, file)
    if not isinstance(written.value, dict | None):
        raise BadConfig(f"{file}:1: expected keys such as “visit:”")
    variables = read_variables(environment, by_variable())
    told = {path: _told(path, text, variables) for path, text in variables.texts.items()}
    keys = _overlaid(written.value or {}, told)
    try:
        config = Config.model_validate(keys)
    except ValidationError as error:
        raise BadConfig(_complaint(error.errors(), written, variables, file)) from None
    if variables.unknown:
        raise BadConfig(_complaint([], written, variables, file))
    return Sourced(config=config, origins=_origins(written, variables, file))


def files_to_read(environment: Mapping[str, str]) -> Mapping[str, str]:
    """The files that hold the text of a variable, by that variable.

    Raises:
        BadConfig: A variable is set as well, so there is no telling which is meant.
    """
    files = files_named(environment, by_variable())
    twice = [name for name in files if environment.get(name)]
    if twice:
        said = (f"{name} and {name}{IN_A_FILE} are both set: leave one out" for name in twice)
        raise BadConfig("\n".join(said))
    return files


@cache
def by_variable() -> Mapping[str, Path]:
    """Every key, by the variable that sets it."""
    return {variable(path): path for path, _ in keys_of(Config)}


def _told(path: Path, text: str, variables: Variables) -> Value:
    """What a variable says: a list or a mapping in YAML; all else is the text that it is."""
    kind = get_origin(dict(keys_of(Config))[path].annotation)
    structured = kind in {tuple, Mapping}
    return read_yaml(text, variables.origins[path]).value if structured else text


def _overlaid(written: Mapping[str, Value], told: Mapping[Path, Value]) -> Mapping[str, Value]:
    """The keys of the file, under those of the environment; an empty section says nothing."""
    sections = {path[0] for path, _ in keys_of(Config) if len(path) > 1}
    keys = {
        name: {} if name in sections and value is None else value for name, value in written.items()
    }
    for (*above, name), value in told.items():
        place = _within(keys, above)
        if place is not None:  # else what stands there is complained about
            place[name] = value
    return keys


def _within(keys: dict[str, Value], above: Iterable[str]) -> dict[str, Value] | None:
    """The section of this name, made where it is missing; None where something else stands."""
    for name in above:
        section = keys.setdefault(name, {})
        if not isinstance(section, dict):
            return None
        keys = section
    return keys


def _origins(written: Written, variables: Variables, file: str) -> Mapping[Path, str]:
    lines = {path: f"{file}:{line}" for path, line in written.lines.items()}
    told = {
        path: name if name == variable(path) else f"the file named by {name}"
        for path, name in variables.origins.items()
    }
    return lines | told


def _of_listeners(written: Written) -> Iterator[Path]:
    """The keys of each entry of `gateway.listeners`, which have none of their own."""
    above = ("gateway", "listeners")
    numbers = {path[2] for path in written.lines if path[:2] == above and path[2:]}
    for number in sorted(numbers):
        yield from ((*above, number, name) for name in Listener.model_fields)


def _complaint(
    details: list[ErrorDetails], written: Written, variables: Variables, file: str
) -> str:
    from sendguard.config.complaints import Origins, complaint, of_values, of_variables

    keys = [path for path, _ in keys_of(Config)]
    origins = Origins(
        file=file,
        lines=written.lines,
        variables=variables.origins,
        keys=(
            *((name,) for name in Config.model_fields),
            *(path for path in keys if path[1:]),
            *_of_listeners(written),
        ),
    )
    return complaint([*of_variables(variables.unknown, keys), *of_values(details, origins)])
