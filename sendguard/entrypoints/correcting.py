"""A correction, joined to the real world: what went out, the checks, the folder, the outbox."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import parseaddr
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex

from sendguard.adapters.audience import open_lines
from sendguard.adapters.clock import SystemClock
from sendguard.adapters.database.store import SqlStore
from sendguard.adapters.files import open_path
from sendguard.adapters.release import release
from sendguard.adapters.templates import read_templates
from sendguard.config import Config
from sendguard.correct.addresses import OF_A_COPY
from sendguard.correct.plan import Plan
from sendguard.correct.wording import Wording, choose_wording, language_of
from sendguard.entrypoints.checking import awaited, check_online, store_opener
from sendguard.entrypoints.passed import Passed, find_passed
from sendguard.errors import SendGuardError, Unreadable, WrongUsage
from sendguard.flows.check import check
from sendguard.flows.correct import Draft, Original, draft, mend
from sendguard.flows.in_memory import Shelf
from sendguard.flows.look_back import Keeping
from sendguard.flows.prepare import prepare_all
from sendguard.flows.read_newsletter import read_newsletter
from sendguard.flows.terms import Terms
from sendguard.flows.visit_all import OnVisited
from sendguard.gate import APPROVALS_FILE, Run, approvals_text
from sendguard.gateway.readers.vouching import vouched_for
from sendguard.judge.quote import plain
from sendguard.read import Campaign
from sendguard.send import Dispatch, Edition, Reader
from sendguard.send.audience import LeftOut, read_audience
from sendguard.send.freeze import freeze
from sendguard.send.unfit import refuse_own_copy

_VOUCHED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What went out, and where.

    Attributes:
        original: What went out.
        folder: Its campaign folder; None where it has none any more.
        beside: The folder that the correction's is put into.
        now: The campaign as its folder says now; None where that cannot be read.
        passed: How it passed the gateway; None where it did not.
    """

    original: Original
    folder: Path | None
    beside: Path
    now: Campaign | None
    passed: Passed | None = None

    @property
    def subject(self) -> str:
        """Of the original, without what is another for each reader."""
        return OF_A_COPY.sub("…", self.original.edition.subject)


def find_at_gate(named: str, config: Config, store: SqlStore) -> Found | None:
    """What passed the gateway under a fingerprint; None where nothing did.

    Raises:
        WrongUsage: Nobody has it, or nobody knows who has which version of it.
        Unreadable: It cannot be sent again.
    """
    passed = find_passed(named, config, store)
    if passed is None:
        return None
    original = Original.of(passed.stream.fingerprint, passed.made.edition, None, None)
    original = replace(original, approvals=_vouched_for(original, config))
    beside = Path(config.campaigns)
    return Found(original=original, folder=None, beside=beside, now=None, passed=passed)


def _vouched_for(original: Original, config: Config) -> bytes:
    """The approvals of links that are another for each reader, as a file."""
    clock, nothing = SystemClock(), mend(original, Plan(repairs=()))
    one = draft(original.name, original.letter, original, nothing, readers=False)
    ready = prepare_all([one.name], Shelf({one.name: one.files}))
    run = awaited(check(ready, None, clock, config))
    until = clock.now().date() + _VOUCHED_FOR
    every = (given for checked in run.newsletters for given in vouched_for(checked, until))
    return approvals_text(tuple({given.fingerprint: given for given in every}.values())).encode()


def find_queued(path: str, config: Config, store: SqlStore) -> Found | None:
    """What SendGuard sent of a campaign; None where it sent nothing.

    Args:
        path: The campaign's folder, or just its name.
        config: Names the folder of all campaigns.
        store: Has the outbox.

    Raises:
        SendGuardError: Another release queued it.
    """
    name = Path(path).resolve().name
    dispatch = store.outbox.find(name)
    if dispatch is None:
        return None
    edition = store.outbox.edition(dispatch.edition)
    if edition is None:
        raise SendGuardError(f"what went out of {plain(name)} was queued by another release")
    places = (Path(path), Path(dispatch.path), Path(config.campaigns) / name)
    folder = next((place for place in places if place.is_dir()), None)
    beside = folder.resolve().parent if folder else Path(config.campaigns)
    original = Original.of(name, edition, dispatch, _approvals(folder))
    return Found(original=original, folder=folder, beside=beside, now=_as_it_is(folder))


def read_unsent(path: str, config: Config, sender: str | None = None) -> Found:
    """A newsletter that somebody else sent, from its file or its folder.

    Args:
        path: The file or the folder.
        config: What is in force.
        sender: Who it is from, where that stands nowhere in it; None for whom it names.

    Raises:
        WrongUsage: It does not say who it is from, and nobody else does.
        Unreadable: It cannot be read, or says too little to be sent again.
    """
    opened = open_path(path)
    campaign = read_newsletter(path, opened)
    file = Path(path).resolve()
    folder = (file if file.is_dir() else file.parent) if opened.id is not None else None
    name = opened.id or file.stem
    edition = freeze(_from(campaign, sender), config.mail)
    refuse_own_copy(edition)
    original = Original.of(name, edition, None, _approvals(folder))
    beside = folder.parent if folder else file.parent
    return Found(original=original, folder=folder, beside=beside, now=None)


def _from(campaign: Campaign, sender: str | None) -> Campaign:
    """The campaign with its sender; a bare file has its subject in its title."""
    brief = campaign.brief
    named = sender or brief.sender or campaign.header("from")
    if named is None and campaign.id is None:
        raise WrongUsage(
            f'{plain(campaign.path)} does not say who it is from: --sender "NAME <ADDRESS>"'
        )
    subject = brief.subject or campaign.subject
    return replace(campaign, brief=replace(brief, sender=named, subject=subject))


def _approvals(folder: Path | None) -> bytes | None:
    file = folder / APPROVALS_FILE if folder else None
    return file.read_bytes() if file and file.is_file() else None


def _as_it_is(folder: Path | None) -> Campaign | None:
    if folder is None:
        return None
    try:
        return read_newsletter(str(folder), open_path(str(folder)))
    except Unreadable:
        return None


def check_drafts(
    drafts: Sequence[Draft], config: Config, on_visited: OnVisited, *, kept: bool, fresh: bool
) -> Run:
    """Check letters that stand in no folder yet, all in one go: each address is visited once.

    Args:
        drafts: The letters.
        config: What is in force.
        on_visited: Told after each visit.
        kept: Whether the store is to keep the checks.
        fresh: Open every link anew, whatever is remembered.
    """
    shelf = Shelf({one.name: one.files for one in drafts})
    ready = prepare_all([one.name for one in drafts], shelf)
    return awaited(check_online(ready, config, on_visited, _keeping(config, kept), fresh=fresh))


def _keeping(config: Config, kept: bool) -> Keeping | None:  # noqa: FBT001
    if not kept or config.database is None:
        return None
    terms = Terms(config=config, release=release())
    return Keeping(open_store=store_opener(config.database), terms=terms)


def wording_of(original: Original, config: Config) -> Wording:
    """The words of the apology, from the folder of templates where there is one.

    Raises:
        BadConfig: There is no such folder.
        Unreadable: A template is broken.
    """
    language = config.correct.language or language_of(original.edition.html or "")
    folder = config.correct.templates
    own = read_templates(folder) if folder else {}
    return choose_wording(language, series=original.campaign.brief.series, own=own)


def only_keys(path: str) -> frozenset[str]:
    """The readers that a file names.

    Raises:
        Unreadable: It cannot be read, or names nobody.
    """
    with open_lines(path) as lines:
        keys = frozenset(one.key for one in LeftOut().sift(read_audience(lines, path).rows))
    if not keys:
        raise Unreadable(f"{plain(path)} names no reader")
    return keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The readers of a newsletter that SendGuard did not send.

    Attributes:
        columns: Names of the merge fields.
        file: Where they stand.
        left_out: Rows that are none.
    """

    columns: tuple[str, ...]
    file: str
    left_out: LeftOut

    @property
    def told(self) -> Iterator[str]:
        """What is to be told of rows that are no readers."""
        yield from self.left_out.told(self.file)

    def readers(self, only: frozenset[str] | None) -> Iterator[Reader]:
        """The readers, as they come; who stands there twice comes once."""
        known: set[bytes] = set()
        with open_lines(self.file) as lines:
            for reader in LeftOut().sift(read_audience(lines, self.file).rows):
                # Of a million keys, digests weigh half as much.
                digest = blake2b(reader.key.encode("utf-8", "replace"), digest_size=16).digest()
                if digest not in known and (only is None or reader.key in only):
                    known.add(digest)
                    yield reader


def list_readers(file: str, only: frozenset[str] | None) -> Listed:
    """Go through a file of readers once.

    Raises:
        Unreadable: It cannot be read, or names nobody.
    """
    left_out = LeftOut()
    with open_lines(file) as lines:
        audience = read_audience(lines, file)
        rows = left_out.sift(audience.rows)
        count = sum(only is None or one.key in only for one in rows)
    if not count:
        raise Unreadable(f"{plain(file)} has no reader to write to")
    return Listed(columns=audience.columns, file=file, left_out=left_out)


def dispatch_of(draft: Draft, original: Original, columns: tuple[str, ...], path: Path) -> Dispatch:
    """The dispatch of a correction."""
    return Dispatch(
        campaign=draft.name,
        series=None,
        path=str(path),
        edition=draft.edition.digest,
        columns=columns,
        key=token_hex(16),
        queued_at=SystemClock().now(),
        corrects=original.name,
    )


def hosts_of(edition: Edition) -> frozenset[str]:
    """Hosts whose pages the sender can change, as far as a newsletter tells."""
    domain = parseaddr(edition.sender)[1].rpartition("@")[2]
    return frozenset({domain.casefold()} if domain else ())
