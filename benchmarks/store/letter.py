"""A newsletter of a hundred links, checked once over the stand-in web."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.visit.newsletters import WEB_A, entries, html
from benchmarks.visit.runs import a_web
from sendguard.config import Config
from sendguard.entrypoints.checking import run_check
from sendguard.gate import Run

LINKS = 100
_BRIEF = "newsletter: newsletter.html\nsubject: The Weekly Post\nseries: weekly-post\n"
_VISIT = {"allow_private": ["127.0.0.0/8"], "remember_s": 0}


def check_letter() -> Run:
    """A check with everything that a check finds: redirects, titles, a few pages that are gone."""
    with TemporaryDirectory() as folder, a_web(WEB_A, Path(folder)) as port:
        campaign = Path(folder, "weekly-post-1")
        campaign.mkdir()
        # Each story has two links, its headline and its button.
        stories = entries(WEB_A, LINKS // 2, port)
        (campaign / "newsletter.html").write_text(html(stories), "utf-8")
        (campaign / "campaign.yaml").write_text(_BRIEF, "utf-8")
        config = Config.model_validate({"visit": _VISIT, "database": None})
        return run_check([str(campaign)], config, offline=False, on_visited=lambda *_: None)
