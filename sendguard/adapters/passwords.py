"""Who may log in: names and hashed passwords in a file, and how a password is hashed."""

import asyncio
import hashlib
import hmac
import re
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from sendguard.errors import BadConfig

_COST, _BLOCK, _LANES = 14, 8, 1
"""16 MiB and some 40 ms for each: what OWASP asks of scrypt at the least, twice as fast."""
_LONGEST_COST = 18
_AT_ONCE = 2
_LINE = re.compile(
    r"(?P<name>[^:\s][^:]*):\$scrypt\$ln=(?P<cost>[0-9]{1,2}),r=8,p=1"
    r"\$(?P<salt>[A-Za-z0-9+/=]{16,88})\$(?P<hash>[A-Za-z0-9+/=]{44})"
)


@dataclass(frozen=True, slots=True)
class _Hashed:
    cost: int
    salt: bytes
    digest: bytes

    def is_of(self, password: bytes) -> bool:
        return hmac.compare_digest(_scrypt(password, self.salt, self.cost), self.digest)


def hash_password(password: str) -> str:
    """The password as it is written into a file of users, behind the name and a colon."""
    salt = secrets.token_bytes(16)
    digest = _scrypt(password.encode(), salt, _COST)
    return f"$scrypt$ln={_COST},r={_BLOCK},p={_LANES}${_written(salt)}${_written(digest)}"


def _written(data: bytes) -> str:
    return b64encode(data).decode()


def _scrypt(password: bytes, salt: bytes, cost: int) -> bytes:
    size = 128 * _BLOCK * (1 << cost)
    return hashlib.scrypt(
        password, salt=salt, n=1 << cost, r=_BLOCK, p=_LANES, maxmem=2 * size, dklen=32
    )


def read_users(file: str) -> "Users":
    """Those of a file: `name:hash` a line; blank lines and lines that begin with # are none.

    Raises:
        BadConfig: It cannot be read, a line is none of these, or nobody stands in it.
    """
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise BadConfig(f"users: {file} cannot be read ({_why(error)})") from error
    known: dict[bytes, _Hashed] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, hashed = _parsed(line.strip(), f"{file}:{number}")
        known[name] = hashed
    if not known:
        raise BadConfig(
            f"users: {file} names nobody, so that nobody could send; "
            "`sendguard gateway password NAME` writes a line for it"
        )
    return Users(known)


def _why(error: OSError | ValueError) -> str:
    return str(error.strerror).lower() if isinstance(error, OSError) else "it is not UTF-8"


def _parsed(line: str, place: str) -> tuple[bytes, _Hashed]:
    found = _LINE.fullmatch(line)
    if found is None or not 10 <= int(found["cost"]) <= _LONGEST_COST:
        raise BadConfig(
            f"users: {place} is not of the form “name:hash”; "
            "`sendguard gateway password` writes such a line"
        )
    try:
        salt, digest = (b64decode(found[part], validate=True) for part in ("salt", "hash"))
    except ValueError as error:
        raise BadConfig(f"users: {place} holds a damaged hash") from error
    return found["name"].encode(), _Hashed(int(found["cost"]), salt, digest)


class Users:
    """Those who may log in."""

    def __init__(self, known: dict[bytes, _Hashed]) -> None:
        self._known = known
        # Nobody has it, and it takes as long: whether a name is known cannot be told by a clock.
        cost = max((one.cost for one in known.values()), default=_COST)
        self._nobody = _Hashed(cost, secrets.token_bytes(16), secrets.token_bytes(32))
        self._free = asyncio.Semaphore(_AT_ONCE)
        self._key = secrets.token_bytes(32)
        self._seen: dict[bytes, bytes] = {}

    async def admit(self, name: bytes, password: bytes) -> bool:
        """Whether this is the password of that name."""
        mark = self._mark(name, password)
        # Programs log in for each message; who was right before is told at once.
        if hmac.compare_digest(self._seen.get(name, b""), mark):
            return True
        hashed = self._known.get(name, self._nobody)
        async with self._free:
            is_right = await asyncio.to_thread(hashed.is_of, password)
        if is_right:
            self._seen[name] = mark
        return is_right

    def _mark(self, name: bytes, password: bytes) -> bytes:
        """Stands for both in this process alone."""
        inner = hashlib.sha256(name).digest() + password
        return hmac.digest(self._key, inner, "sha256")
