"""Labels that say that a click acts: “Unsubscribe”, “Vote now”, 👍."""

import re

from sendguard.visit.acting_phrases import (
    DOUBTFUL_LABELS,
    LEADS_IN,
    LEADS_OUT,
    REACTIONS,
    SURE_LABELS,
)
from sendguard.visit.acting_words import folded
from sendguard.visit.parts import Parts, is_opaque

# Nobody writes a longer one on a button, and an attribute of megabytes need not be folded.
LONGEST_LABEL = 80


def label_acts(label: str, parts: Parts) -> bool:
    """Do the words of a link say that a click does something for the reader?

    Args:
        label: As it is shown.
        parts: Of the address. Under an article's, doubtful words are its headline; a mark such as
            👍 or “Great” counts only where the address could stand for one person.
    """
    if not label or len(label) > LONGEST_LABEL:
        return False
    said = folded(label)
    if said in SURE_LABELS or (core := _core(said)) in SURE_LABELS:
        return True
    if parts.is_article or not (parts.segments or parts.query):
        return False
    return core in DOUBTFUL_LABELS or (
        (_is_reaction(label, core) or _is_score(core, parts)) and _may_name_someone(parts)
    )


def _core(said: str) -> str:
    """Without “click here to” in front and “here” or “now” behind."""
    core = LEADS_IN.sub("", said, count=1)
    return LEADS_OUT.sub("", core, count=1) or said


def _is_reaction(label: str, core: str) -> bool:
    marks = _JOINERS.sub("", label)
    return core in REACTIONS or bool(_MARKS.fullmatch(marks) or _STARS.fullmatch(core))


def _may_name_someone(parts: Parts) -> bool:
    host = parts.host.removeprefix("www.").removeprefix("m.")
    values = (*parts.segments, *(value for _, value in parts.query))
    return host not in _PUBLIC_IDS and any(map(is_opaque, values))


def _is_score(core: str, parts: Parts) -> bool:
    """`9` over `?score=9`: a mere number is a reference or a page elsewhere."""
    values = (*parts.segments, *(value for _, value in parts.query))
    return bool(_SCORE.fullmatch(core)) and core in values


# What looks like a secret there is the name of a public thing.
_PUBLIC_IDS = frozenset(
    """youtube.com youtu.be vimeo.com open.spotify.com podcasts.apple.com docs.google.com
    drive.google.com maps.app.goo.gl github.com gist.github.com gitlab.com instagram.com tiktok.com
    x.com twitter.com t.co bsky.app linkedin.com lnkd.in facebook.com reddit.com medium.com bit.ly
    amzn.to amazon.com figma.com arxiv.org""".split()
)
_JOINERS = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\\s()+.,!:/|-]")
_MARK = (
    "\u2605\u2606\u2b50\u2639\u263a\u2661\u2665\u2714\u2716\u2705\u274c\u2764\u2b06\u2b07"
    "\U0001f31f\U0001f389\U0001f38a\U0001f440-\U0001f450\U0001f48e-\U0001f49f\U0001f4a9\U0001f4af"
    "\U0001f525\U0001f5a4\U0001f600-\U0001f64f\U0001f680\U0001f90d-\U0001f930\U0001f970-\U0001f97a"
    "\U0001f9e1\U0001fae0-\U0001faff\U0001f921-\U0001f92f"
)
_MARKS = re.compile(f"\\d{{0,4}}[{_MARK}]{{1,12}}\\d{{0,4}}")  # with a count beside them
_SCORE = re.compile("[0-9]|10")
_STARS = re.compile(
    r"(?:\d|one|two|three|four|five|\d \d|\d out of \d) ?"
    r"(?:stars?|stern(?:e|en)?|etoiles?|estrellas?|stell[ae]|estrelas?|ster(?:ren)?"
    r"|stjarn(?:a|or)|stjerner?|gwiazdk[ai]|hvezd\w{0,4}|звезд\w{0,2}|yildiz|つ星|星)"
)
