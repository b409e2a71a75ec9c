"""`sendguard rules`: what is looked for, and what each rule is about."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from sendguard.entrypoints.cli.say import say
from sendguard.errors import WrongUsage

if TYPE_CHECKING:
    from sendguard.judge.rule import Rule

EXAMPLES = """\b
Examples:
  sendguard rules
  sendguard rules SG301
  sendguard rules wrong-article
"""


WIDTH = 80
NARROWEST = 50
WIDEST = 100  # longer lines are hard to read
_ROOM = 30  # a column narrower than this is harder to read than a line of its own


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A rule's code or name, to explain it.")
    ] = None,
) -> None:
    """List the rules, or explain one."""
    from sendguard.judge.pages import rule_page
    from sendguard.judge.rules import ALL

    if code is None:
        say("\n".join(listed(ALL, _width())))
    else:
        say(rule_page(_named(code, ALL)).rstrip())


def listed(known: Sequence["Rule"], width: int = WIDTH) -> Iterator[str]:
    """Code, name, severity and first sentence: in columns, where there is room for them."""
    from sendguard.judge.pages import summary

    longest = max(len(rule.name) for rule in known)
    for rule in known:
        head = f"{rule.code}  {rule.name:<{longest}}  {rule.severity:<5}  "
        if width - len(head) < _ROOM:
            yield head.rstrip()
            yield fill(summary(rule), width, initial_indent="  ", subsequent_indent="  ")
        else:
            yield fill(summary(rule), width, initial_indent=head, subsequent_indent=" " * len(head))


def _width() -> int:
    if not sys.stdout.isatty():
        return WIDTH
    return max(NARROWEST, min(get_terminal_size().columns, WIDEST))


def _named(wanted: str, known: Sequence["Rule"]) -> "Rule":
    names = {name.casefold(): rule for rule in known for name in (rule.code, rule.name)}
    found = names.get(wanted.strip().casefold())
    if found is None:
        raise WrongUsage(f"there is no rule “{wanted}”{_nearest(wanted, names)}")
    return found


def _nearest(wanted: str, names: Mapping[str, "Rule"]) -> str:
    near = get_close_matches(wanted.strip().casefold(), names, n=1)
    rule = names[near[0]] if near else None
    nearest = f"; did you mean {rule.code} {rule.name}?" if rule else ""
    return nearest or "; “sendguard rules” lists all of them"
