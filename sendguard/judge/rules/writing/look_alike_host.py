"""SG118, look-alike-host."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from sendguard.judge.hosts import site_of
from sendguard.judge.look_alike import (
    foreign_letter,
    imitates_latin,
    mimics,
    mixed_label,
    readable,
    skeleton,
    tells_script,
)
from sendguard.judge.quote import called, opens, quoted
from sendguard.judge.rule import About, NewsletterCase, Said, newsletter_rule, suspected
from sendguard.links import Link, Role
from sendguard.values import Severity, Url

_TURNS_READING = re.compile("[\u202a\u202b\u202d\u202e]")


@newsletter_rule(
    "SG118",
    severity=Severity.BLOCK,
    advice="Type the name of the site anew, by hand; do not copy it from where this one came.",
)
def look_alike_host(case: NewsletterCase) -> Iterator[About]:
    """The name of a site that looks like another one and is not.

    Why it matters:
        A letter of another script looks the same and leads elsewhere: that is how
        addresses are forged. Copied from a forged mail or a careless page it sends readers
        into a trap, and filters stop the whole newsletter.

    Caught:
        A name in which Latin and Cyrillic, Greek or Armenian letters are mixed, also where
        it is written as xn--…. As a suspicion: such a mixture with letters that look like
        none; a name in one other script that reads as Latin from end to end; two sites in
        one newsletter whose names look alike, such as examp1e.org beside example.org; a
        label with a character that turns the direction of reading.

    Let through:
        Names in one script, such as müller.de or 例え.jp, and Latin beside Japanese,
        Chinese or Korean; a Russian name behind Russian words; two hosts of one site.

    Blind spot:
        A false name in plain letters whose true one is not in the newsletter.
    """
    followed = [one.link for one in case.links if one.link.role is not Role.RESOURCE]
    sites = _sites_by_looks(followed)
    for link in followed:
        if _TURNS_READING.search(link.label):
            says = (
                f"{called(link)} has a character in its words that turns the direction of reading"
            )
            yield About(link, suspected(says))
        if link.url:
            yield from _about_host(link, link.url, sites)


def _about_host(link: Link, url: Url, sites: Mapping[str, set[str]]) -> Iterator[About]:
    host = readable(url.host)
    mixed = mixed_label(host)
    if mixed:
        yield About(link, _of_mixed(f"{opens(link)} {quoted(host)}", mixed, host))
        return
    others = sorted(sites[skeleton(site_of(host))] - {site_of(host)})
    if others:
        says = f"{opens(link)} {quoted(host)}, which looks like {quoted(others[0])}"
        yield About(link, suspected(f"{says}, another site that this newsletter opens"))
    elif imitates_latin(host) and not tells_script(link.label):
        says = f"{opens(link)} {quoted(host)}, which looks like {quoted(skeleton(host))}"
        yield About(link, suspected(f"{says}, and has no Latin letter in its name"))


def _of_mixed(leads: str, label: str, host: str) -> Said:
    letter = foreign_letter(label)
    if not mimics(label):
        return suspected(f"{leads}, in which {letter} stands among Latin letters")
    return f"{leads}, which looks like {quoted(skeleton(host))} and is not: {letter} is not Latin"


def _sites_by_looks(links: list[Link]) -> Mapping[str, set[str]]:
    """The sites that the links open, by what they look like."""
    sites: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.url:
            site = site_of(readable(link.url.host))
            sites[skeleton(site)].add(site)
    return sites
