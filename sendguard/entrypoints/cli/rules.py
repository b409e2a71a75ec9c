"""`sendguard rules`: what is looked for, and what each rule is about."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
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


def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A rule's code or name, to explain it.")
    ] = None,
) -> None:
    """List the rules, or explain one."""
    from sendguard.judge.pages import rule_page
    from sendguard.judge.rules import ALL

    if code is None:
        say("\n".join(_listed(ALL)))
    else:
        say(rule_page(_named(code, ALL)).rstrip())


def _listed(known: Sequence["Rule"]) -> Iterator[str]:
    """Code, name, severity and first sentence, in columns."""
    from sendguard.judge.pages import summary

    longest = max(len(rule.name) for rule in known)
    for rule in known:
        head = f"{rule.code}  {rule.name:<{longest}}  {rule.severity:<5}  "
        yield fill(summary(rule), WIDTH, initial_indent=head, subsequent_indent=" " * len(head))


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
