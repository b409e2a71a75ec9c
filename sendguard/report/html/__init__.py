"""The report that an editor looks at: the newsletter, a mark on every link, and what is wrong."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sendguard.gate import Run
from sendguard.report.html.kinds import Kind
from sendguard.report.html.page import page_of

_ICONS = {Kind.BLOCK: "%23b3261e", Kind.UNVERIFIED: "%236b3fa0", Kind.FINE: "%231c6b3c"}


def as_html(run: Run) -> str:
    """One page that holds all it needs, runs nothing and asks nobody for anything."""
    page = page_of(run)
    return _template().render(page=page, icon=_ICONS[page.kind])


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("sendguard.report.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # For what was made harmless before; the rest of a newsletter is only ever text.
    environment.filters["harmless"] = Markup
    return environment.get_template("page.html")
