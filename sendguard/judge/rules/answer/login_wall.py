"""SG214, login-wall."""

from collections.abc import Iterator

from sendguard.judge.answer import is_for_login
from sendguard.judge.quote import called, plain, shown
from sendguard.judge.rule import LinkCase, Said, link_rule
from sendguard.values import Severity
from sendguard.visit import Answered, Kind


@link_rule(
    "SG214",
    severity=Severity.WARN,
    advice="Open it in a private window; if you cannot get in, share the page or link elsewhere.",
)
def login_wall(case: LinkCase) -> Iterator[Said]:
    """A login stands in front of the page.

    Why it matters:
        The author is logged in and sees the page. Readers who are not get no further: a
        document that was not shared, a draft, a page for members.

    Caught:
        A redirect to an address of a login, status 401, or a page that has a field for a
        password, next to no text, and a title or heading that asks to log in.

    Let through:
        Links that name a login themselves, by their address or their words; pages with a
        login in a corner; articles about logging in.

    Blind spot:
        Whether readers have an account. What stands behind the login was not seen: the link
        counts as walled, to be opened by hand.
    """
    match case.visit.outcome:
        case Answered(kind=Kind.LOGIN, walled=str() as sign, landed=landed) if not is_for_login(
            case
        ):
            seen = f"{plain(sign, limit=120)}, {shown(landed.url)}"
            yield f"{called(case.link)} may not open for your readers: {seen}"
