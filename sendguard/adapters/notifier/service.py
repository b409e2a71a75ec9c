"""Apprise, kept quiet and held to what we allow. Imported only once there is somebody to tell."""

import logging
import warnings
from collections.abc import Iterable
from difflib import get_close_matches

import apprise
from apprise.manager_plugins import NotificationManager

from sendguard.adapters.notifier.reasons import reason_from
from sendguard.ports.telling import NotTold
from sendguard.watch import Verdict

# Who can write to config.yaml may name services, but have no program started with foreign text.
_STARTS_A_PROGRAM = frozenset({"macosx"})

# They log addresses, at times with all that is secret in them.
_TALKATIVE = ("apprise", "urllib3", "requests")


def service_at(address: str) -> apprise.NotifyBase | NotTold:
    """The service behind an address, or why there is none; nobody is asked yet."""
    _keep_quiet()
    scheme = address.strip().partition("://")[0].lower() if "://" in address else ""
    if scheme in _STARTS_A_PROGRAM:
        return NotTold(f"{scheme}:// starts a program on this computer, which is not done")
    try:
        service = apprise.Apprise.instantiate(address.strip(), asset=_asset())
    except Exception:  # noqa: BLE001 - a hundred and forty plugins, not ours
        service = None
    return NotTold(_what_is_wrong(scheme)) if service is None else _held(service)


_TYPES = {
    None: apprise.NotifyType.INFO,
    Verdict.PASS: apprise.NotifyType.SUCCESS,
    Verdict.UNVERIFIED: apprise.NotifyType.WARNING,
    Verdict.BLOCK: apprise.NotifyType.FAILURE,
    Verdict.UNREADABLE: apprise.NotifyType.FAILURE,
}


def send(
    service: apprise.NotifyBase,
    title: str,
    body: str,
    taken: set[str],
    decision: Verdict | None = None,
) -> NotTold | None:
    """Send once, and wait for as long as that takes; None when it was taken.

    Args:
        service: From `service_at`.
        title: One line.
        body: Plain text.
        taken: Who took it at an earlier try, of several that share an address: they do not get it
            again. Whoever takes it now is added, at once.
        decision: How grave it is.
    """
    _leave_out(service, taken)
    result = apprise.Apprise(services=service, asset=service.asset).notify(
        title=title, body=body, notify_type=_TYPES[decision], log_level=logging.DEBUG
    )
    return None if result else NotTold(reason_from(_logged(result)))


def _logged(result: apprise.AppriseResult) -> Iterable[str]:
    return (entry.message for entry in result.logs())


def _leave_out(service: apprise.NotifyBase, taken: set[str]) -> None:
    """Have the service ask us who took it before; by itself it knows for one call only."""

    def is_delivered(who: object, **_: object) -> bool:
        return repr(who) in taken

    def mark_delivered(who: object, **_: object) -> None:
        taken.add(repr(who))

    vars(service).update(is_delivered=is_delivered, mark_delivered=mark_delivered)


def _asset() -> apprise.AppriseAsset:
    """What holds for every service: nothing is written to disk, interpreted or repeated."""
    return apprise.AppriseAsset(
        app_id="SendGuard",
        app_desc="SendGuard",
        storage_mode="memory",
        pgp_autogen=False,
        pem_autogen=False,
        body_format=apprise.NotifyFormat.TEXT,
        interpret_emojis=False,
        interpret_escapes=False,
        allow_templates=False,
        # A redirect turns POST into GET: the notice would be lost, and taken for told.
        http_redirects=False,
        # The waiting is bounded by us, in a thread of our own.
        async_mode=False,
        service_timeout=0,
        image_url_mask="",
        image_url_logo="",
    )


def _held(service: apprise.NotifyBase) -> apprise.NotifyBase:
    """The service without what its address may ask for and we do otherwise."""
    service.retry = 0  # our own tries outlive the program
    service.optional = False  # a failure that calls itself a success would never be repeated
    service.overflow_mode = apprise.OverflowMode.TRUNCATE  # one short message, not five
    return service


def _keep_quiet() -> None:
    """See to it that nothing they log reaches our log or the screen; we still read Apprise's."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    logging.getLogger("apprise").setLevel(logging.DEBUG)
    # Who writes `verify=no` into an address was warned by writing it.
    warnings.filterwarnings("ignore", "Unverified HTTPS request")


def _what_is_wrong(scheme: str) -> str:
    known = NotificationManager()  # type: ignore[no-untyped-call]
    schemes: list[str] = known.schemas()  # type: ignore[no-untyped-call]
    if not scheme:
        return "it has no scheme: an address begins like mailto:// or slack://"
    if scheme in {"http", "https"}:
        instead = "jsons" if scheme == "https" else "json"
        return f"for a webhook that takes JSON, write {instead}:// in place of {scheme}://"
    if scheme not in schemes:
        return _unknown(scheme, schemes)
    plugin = known[scheme]
    if not plugin.enabled:
        return f"{scheme}:// cannot be used on this computer: it needs more than is installed here"
    page = f": see {plugin.setup_url}" if plugin.setup_url else ""
    return f"what follows {scheme}:// is not of the form that it needs{page}"


def _unknown(scheme: str, known: Iterable[str]) -> str:
    near = get_close_matches(scheme[:40], sorted(known), n=1, cutoff=0.7)
    if near:
        return f"Apprise knows no such scheme; is {near[0]}:// meant?"
    return "Apprise knows no such scheme: see https://appriseit.com/services/"
