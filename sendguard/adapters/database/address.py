"""The parts of a database's address, as SQLAlchemy tells them, where that is not loaded."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

# As in SQLAlchemy's own `engine/url.py`, which takes what it can and leaves the rest.
_ADDRESS = re.compile(
    r"""
    [\w+]+://
    (?: (?P<user>[^:/]*) (?: :(?P<password>[^@]*) )? @ )?
    (?: \[(?P<ipv6>[^/?]+)\] | (?P<host>[^/:?]+) )?
    (?: :(?P<port>[^/?]*) )?
    (?: /(?P<database>[^?]*) )?
    (?: \?(?P<query>.*) )?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a database is; empty where the address does not say.

    Attributes:
        database: Its name on the server, or the path of its file.
        query: What stands behind the `?`.
    """

    user: str
    password: str
    host: str
    port: str
    database: str
    query: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, text: str) -> "Address | None":
        """The parts; None where it is no such address."""
        found = _ADDRESS.match(text)
        if found is None:
            return None
        parts = found.groupdict(default="")
        return cls(
            user=unquote(parts["user"]),
            password=unquote(parts["password"]),
            host=parts["ipv6"] or parts["host"],
            port=parts["port"],
            database=unquote(parts["database"]),
            query=tuple(parse_qsl(parts["query"])),
        )

    @property
    def for_libpq(self) -> dict[str, str]:
        """The same by libpq's names of its parameters."""
        named = {
            "user": self.user,
            "password": self.password,
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            **dict(self.query),
        }
        return {name: text for name, text in named.items() if text}
