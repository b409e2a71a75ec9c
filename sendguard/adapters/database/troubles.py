"""What is wrong with the store, in one line for the person who looks after the machine."""

import os
from pathlib import Path

LONGEST_WAIT_S = 5.0
"""For another program that writes, and for a server that does not answer."""

PATIENCE = f"-c lock_timeout={int(LONGEST_WAIT_S * 1_000)}"
"""The same for a table that somebody keeps locked, told to PostgreSQL."""

DAMAGED = "is damaged: restore it from its backup, or move it away to begin anew"
_SQLITE = {
    "FULL": "is full, or its disk is: make room",
    "READONLY": "may not be written: its disk or its folder is read-only",
    "PERM": "may not be written: see who owns it",
    "AUTH": "may not be written: see who owns it",
    "CANTOPEN": "cannot be opened: see that its folder is there and may be written",
    "BUSY": f"is locked: another program has been writing for {LONGEST_WAIT_S:g} s",
    "LOCKED": f"is locked: another program has been writing for {LONGEST_WAIT_S:g} s",
    "CORRUPT": DAMAGED,
    "NOTADB": "is no database: move it away, or name another file under `database:`",
    "IOERR": "cannot be read or written: its disk fails",
    "NOMEM": "cannot be used: there is no memory left",
    "TOOBIG": "cannot take something so large",
}
_POSTGRESQL = {  # https://www.postgresql.org/docs/15/errcodes-appendix.html
    "28": "refuses the user or the password",
    "3D": "has no such database: create it first",
    "42501": "does not let this user do that: see what was granted",
    "53100": "is out of disk: make room",
    "53300": "has no connection left",
    "55": "is locked by another program",
    "57": "is shutting down or starting up",
    "25006": "may only be read",
}


def said_plainly(where: str, error: BaseException) -> str:
    """The line for an error of sqlite3 or psycopg.

    Args:
        where: The database as it may be shown.
        error: What the driver raised; of its own words only those that name no secret are told.
    """
    return f"the store {where} {_sqlite(where, error) or _postgresql(error) or _unknown(error)}"


def _sqlite(where: str, error: BaseException) -> str | None:
    name = getattr(error, "sqlite_errorname", None)
    if not name:
        return None
    kind = name.removeprefix("SQLITE_").partition("_")[0]
    owned = _owned(where) if kind in _MAY_BE_ANOTHER_S else None
    return owned or _SQLITE.get(kind, f"cannot be used ({name})")


_MAY_BE_ANOTHER_S = {"READONLY", "PERM", "AUTH", "CANTOPEN"}


def _owned(where: str) -> str | None:
    """Whose file it is that may not be written, its log's included; None where that is not why."""
    for file in (Path(where + more) for more in ("", "-wal", "-shm")):
        try:
            owner = file.stat().st_uid
        except (OSError, ValueError):
            continue
        mine = os.geteuid()
        if owner != mine and not os.access(file, os.R_OK | os.W_OK, effective_ids=True):
            return (
                f"may not be written: {file.name} belongs to {_called(owner)}, "
                f"and this is {_called(mine)}"
            )
    return None


def _called(user: int) -> str:
    from pwd import getpwuid  # noqa: PLC0415 - not every system has it

    try:
        return getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"


def _postgresql(error: BaseException) -> str | None:
    state = getattr(error, "sqlstate", None)
    if state:
        known = (_POSTGRESQL.get(state[:length]) for length in (5, 2))
        return next(filter(None, known), f"cannot be used (SQLSTATE {state})")
    said = str(error).lower()  # libpq gives no state to what happens before it is connected
    for sign, says in _NOT_CONNECTED.items():
        if sign in said:
            return says
    return None


_NOT_CONNECTED = {
    "password authentication failed": _POSTGRESQL["28"],
    "no password supplied": "wants a password: see `database:`",
    "role ": _POSTGRESQL["28"],
    "database ": _POSTGRESQL["3D"],
    "refused": "cannot be reached: nothing answers there",
    "timeout": f"cannot be reached: no answer within {LONGEST_WAIT_S:g} s",
    "resolve": "cannot be reached: there is no such host",
    "translate host": "cannot be reached: there is no such host",
    "no such file": "cannot be reached: nothing answers there",
    "closed": "closed the connection",
    "starting up": _POSTGRESQL["57"],
    "shutting down": _POSTGRESQL["57"],
}


def _unknown(error: BaseException) -> str:
    return f"cannot be used ({type(error).__name__})"
