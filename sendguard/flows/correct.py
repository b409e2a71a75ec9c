"""A correction, from what went out to a campaign that is ready to be checked and queued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sendguard.correct.apology import Apology, WrongLink
from sendguard.correct.asked import Asked
from sendguard.correct.block import on_top_of_html, on_top_of_text
from sendguard.correct.differences import Differences, find_differences
from sendguard.correct.edits import Edit
from sendguard.correct.folder import Letter, files_of, righted
from sendguard.correct.known import mistake, site_names, wrong_link
from sendguard.correct.meant import meant_now
from sendguard.correct.plan import Plan, Repair, plan_repairs
from sendguard.correct.repair import Repaired, repair
from sendguard.correct.subject import corrected_subject
from sendguard.correct.triage import Mistake
from sendguard.correct.went_out import what_went_out
from sendguard.errors import WrongUsage
from sendguard.flows.in_memory import Shelf
from sendguard.flows.read_newsletter import read_newsletter
from sendguard.gate import APPROVALS_FILE, Checked
from sendguard.judge.quote import plain
from sendguard.links import Link, find_links
from sendguard.read import Article, Campaign, Medium
from sendguard.send import Dispatch, Edition
from sendguard.values import Url
from sendguard.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What went out.

    Attributes:
        name: Of the campaign.
        edition: Exactly what readers got.
        campaign: The same as a campaign, its text part included.
        links: All of it.
        dispatch: As it stands in the outbox; None where SendGuard did not send it.
        approvals: The file of approvals in its folder, which go on counting; None for none.
        articles: What its links are meant to open, as far as that is declared.
    """

    name: str
    edition: Edition
    campaign: Campaign
    links: tuple[Link, ...]
    dispatch: Dispatch | None = None
    approvals: bytes | None = field(default=None, repr=False)
    articles: tuple[Article, ...] = ()

    @classmethod
    def of(
        cls, name: str, edition: Edition, dispatch: Dispatch | None, approvals: bytes | None
    ) -> "Original":
        """What went out with an edition."""
        campaign = what_went_out(edition)
        return cls(
            name=name,
            edition=edition,
            campaign=campaign,
            links=find_links(campaign).links,
            dispatch=dispatch,
            approvals=approvals,
        )

    def meaning(self, now: Campaign | None, expected: Sequence[Article]) -> "Original":
        """The same, with what is declared of its links in the folder as it is, and expected.

        Raises:
            WrongUsage: One of `expected` names no link, or links with different addresses.
        """
        articles = meant_now(self.campaign, self.links, now, expected)
        return replace(self, articles=articles)

    @property
    def letter(self) -> Letter:
        """What readers got."""
        one = self.edition
        return Letter(subject=one.subject, html=one.html, text=one.text)


def plan_of(
    original: Original, asked: Sequence[Asked], now: Campaign | None, *, everywhere: bool
) -> tuple[Plan, tuple[str, ...]]:
    """What is to be repaired, and what else differs in the folder, which is left as it went out.

    Args:
        original: What went out.
        asked: What the editor names; without any, her folder tells.
        now: The folder as it is; None where there is none.
        everywhere: Take every place with a wrong address, in whatever story.

    Raises:
        WrongUsage: Nothing is named, and the folder has no other link than what went out.
    """
    if asked:
        return plan_repairs(original.campaign, original.links, asked, everywhere=everywhere), ()
    if now is None:
        raise WrongUsage('name the wrong link and its address: --link "Read article=https://…"')
    found: Differences = find_differences(original.campaign, now)
    if not found.plan.repairs:
        raise WrongUsage(
            "the folder has the very links that went out: mend it first, or name the wrong link "
            'and its address: --link "Read article=https://…"'
        )
    return found.plan, found.others


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter as the files of a campaign that nobody has written yet.

    Attributes:
        name: What its folder is to be called.
        letter: What readers get.
        files: By name.
        campaign: As it is read from them.
        edition: What goes out of it.
    """

    name: str
    letter: Letter
    files: Mapping[str, bytes]
    campaign: Campaign
    edition: Edition


def repaired_letter(original: Original, repaired: Repaired) -> Letter:
    """The same letter with the right addresses."""
    texts = {part.medium: part.text for part in reversed(repaired.campaign.parts)}
    was = original.letter
    return Letter(
        subject=was.subject,
        html=texts.get(Medium.HTML, was.html),
        text=texts.get(Medium.TEXT, was.text),
    )


def corrected_letter(
    letter: Letter, apology: Apology, word: str | None
) -> tuple[Letter, tuple[Edit, ...]]:
    """The repaired letter with the apology on top and the word before the subject.

    Args:
        letter: Repaired.
        apology: To be put on top.
        word: None for that of the apology's language.

    Returns:
        The letter, and what the apology took out of the HTML.
    """
    topped = None if letter.html is None else on_top_of_html(letter.html, apology)
    whole = Letter(
        subject=corrected_subject(letter.subject, apology.word if word is None else word),
        html=topped.text if topped else None,
        text=on_top_of_text(letter.text, apology).text,
    )
    return whole, tuple(edit for edit in (topped.edits if topped else ()) if edit.end > edit.start)


def draft(
    name: str, letter: Letter, original: Original, repaired: Repaired, *, readers: bool
) -> Draft:
    """A letter as a campaign, read from the files that it would be written to."""
    is_right = letter != original.letter
    rights = {one.place.href: one.address for one in repaired.repairs if is_right}
    articles = righted(original.articles, rights)
    files = dict(
        files_of(repaired.campaign, letter, articles, corrects=original.name, readers=readers)
    )
    if original.approvals is not None:
        files[APPROVALS_FILE] = original.approvals
    campaign = read_newsletter(name, Shelf({name: files})(name))
    edition = replace(original.edition, campaign=campaign, subject=letter.subject, text=letter.text)
    return Draft(name=name, letter=letter, files=files, campaign=campaign, edition=edition)


def mend(original: Original, plan: Plan) -> Repaired:
    """What went out with every repair made."""
    return repair(original.campaign, plan.repairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A wrong link, with all places that have it and what was seen of it.

    Attributes:
        places: At least one.
        right: What they should open.
        seen: What is at the wrong address; None where nobody looked.
        expected: What is at the right one; None where nobody looked.
        sites: What sites are called that do not say so themselves, by host.
    """

    places: tuple[Link, ...]
    right: Url
    seen: Visit | None
    expected: Visit | None
    sites: Mapping[str, str]

    @property
    def link(self) -> WrongLink:
        """As readers know it."""
        return wrong_link(
            self.places, self.right, seen=self.seen, expected=self.expected, sites=self.sites
        )

    @property
    def mistake(self) -> Mistake:
        """As triage looks at it."""
        return mistake(self.places, self.right, seen=self.seen, expected=self.expected)


def find_wrong(plan: Plan, before: Checked, after: Checked) -> tuple[Wrong, ...]:
    """Each wrong link once, however many places it has.

    Args:
        plan: What is repaired.
        before: What went out, checked now.
        after: The same with its repairs, checked now: it has the same links in the same order.

    Raises:
        WrongUsage: What should be there is no web address.
    """
    groups: dict[tuple[str, str], list[Repair]] = {}
    for one in plan.repairs:
        groups.setdefault((one.place.href, one.right), []).append(one)
    every = (one.visit for checked in (before, after) for one in checked.links)
    sites = site_names(every)
    return tuple(_wrong(group, before, after, sites) for group in groups.values())


def _wrong(
    group: Sequence[Repair], before: Checked, after: Checked, sites: Mapping[str, str]
) -> Wrong:
    right = Url.parse(group[0].address)
    if right is None:
        raise WrongUsage(f"{plain(group[0].address)} is no web address")
    place = group[0].place
    return Wrong(
        places=tuple(one.place for one in group),
        right=right,
        seen=_visit(before, place),
        expected=_visit(after, place),
        sites=sites,
    )


def _visit(checked: Checked, place: Link) -> Visit | None:
    return next((one.visit for one in checked.links if one.link.id == place.id), None)
