"""What the name of a host gives away, without asking anybody."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

_SECOND_LEVEL = frozenset(
    {"ac", "co", "com", "edu", "gob", "gouv", "gov", "ne", "net", "nom", "or", "org"}
)

# Each customer of these has a name of its own below theirs.
_LANDLORDS = frozenset(
    """appspot.com azurewebsites.net beehiiv.com blogspot.com carrd.co firebaseapp.com fly.dev
    ghost.io github.io gitlab.io herokuapp.com hubspotpagebuilder.com mailchimpsites.com
    medium.com myshopify.com netlify.app netlify.com notion.site onrender.com pages.dev
    readthedocs.io squarespace.com substack.com tumblr.com vercel.app web.app webflow.io
    weebly.com wixsite.com wordpress.com workers.dev""".split()
)

_REDIRECTORS = frozenset(
    """activehosted.com amzn.to awstrack.me beehiiv.com bit.ly buff.ly buttondown.com
    buttondown.email cmail19.com cmail20.com convertkit-mail.com convertkit-mail2.com
    createsend1.com ct.sendgrid.net cuttly.com customeriomail.com dlvr.it dub.sh e2ma.net
    exct.net feedproxy.google.com fb.me flip.it geni.us goo.gl google.com hubspotemail.net
    hubspotlinks.com ift.tt is.gd klclick.com klclick1.com klclick2.com klclick3.com
    linkprotect.cudasvc.com list-manage.com list-manage1.com lnkd.in mailchi.mp
    mandrillapp.com mjt.lu mlsend.com ow.ly pstmrk.it rb.gy rebrand.ly rs6.net
    safelinks.protection.outlook.com sendibt2.com sendibt3.com shorturl.at slo.im
    sparkpostmail.com sp1-brevo.net substack.com t.co t.ly tiny.cc tinyurl.com
    trk.klaviyo.com urldefense.com urldefense.proofpoint.com wp.me youtu.be""".split()
)

_INSIDE_ENDINGS = (
    *("corp", "home", "home.arpa", "internal", "intranet", "lan", "local", "localdomain"),
    "localhost",
)
_TUNNELS = frozenset(
    """loca.lt localtunnel.me ngrok.app ngrok.io ngrok-free.app ngrok-free.dev serveo.net
    trycloudflare.com app.github.dev""".split()
)
_STAGING = frozenset({"preprod", "stage", "staging", "uat"})
_PERHAPS_STAGING = frozenset(
    {"dev", "draft", "drafts", "preview", "qa", "sandbox", "test", "testing"}
)
_STAGING_WITHIN = re.compile(r"(?:^|-)(?:staging|preprod|uat)(?:-|$)|-(?:preview|draft)$")
# Open to everybody, whatever they are called.
_PUBLIC_ALL_THE_SAME = frozenset(
    """dev.azure.com dev.mysql.com dev.opera.com dev.twitch.tv dev.w3.org drafts.csswg.org
    preview.redd.it test.pypi.org""".split()
)
_DEPLOY_PREVIEWS = (
    re.compile(r"[\w-]+--[\w-]+\.netlify\.(?:app|com)"),
    re.compile(r"[\w-]+-git-[\w-]+\.vercel\.app"),
    re.compile(r"[\w-]+-(?=[a-z0-9]*\d)[a-z0-9]{9}-[\w-]+\.vercel\.app"),
    re.compile(r"[0-9a-f]{8}\.[\w-]+\.pages\.dev"),
)
# Browsers read 127.1 and 0x7f.1 as addresses by number.
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*")


def site_of(host: str) -> str:
    """The part of a host name that one owner holds: `example.co.uk` of `www.example.co.uk`.

    A short list stands in for the public suffix list, which would be a download.
    """
    labels = host.lower().rstrip(".").split(".")
    last_two = ".".join(labels[-2:])
    shared = last_two in _LANDLORDS or (len(labels[-1]) == 2 and labels[-2:][0] in _SECOND_LEVEL)
    return ".".join(labels[-3:]) if shared else last_two


def is_redirector(host: str) -> bool:
    """A shortener or a mail platform's counter: its own name says nothing about the end."""
    return _stands_under(host, _REDIRECTORS)


def why_private(host: str) -> str | None:
    """Why readers cannot reach the host, fit to follow “which”; None when they can."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return "means the reader's own computer"
    number = _as_number(name)
    if number is not None:
        return None if number.is_global else "is an address inside a private network"
    if _NUMERIC.fullmatch(name):
        return "is an address by number that is written in an odd way"
    if "." not in name or name.endswith(tuple(f".{ending}" for ending in _INSIDE_ENDINGS)):
        return "is a name that only works inside an office or a home"
    if _stands_under(name, _TUNNELS):
        return "is a tunnel to somebody's own computer and closes with it"
    return None


def why_staging(host: str) -> str | None:
    """Why the host is a test copy, fit to follow “which”; None when its name does not say so."""
    name = next((label for label in _below_site(host) if label in _STAGING), None)
    return f"is a test copy of the site (its name says “{name}”)" if name else None


def why_perhaps_staging(host: str) -> str | None:
    """As `why_staging`, for names that public sites bear too."""
    if host in _PUBLIC_ALL_THE_SAME:
        return None
    if any(preview.fullmatch(host) for preview in _DEPLOY_PREVIEWS):
        return "looks like the preview of one draft of a site"
    labels = host.split(".")
    name = next((label for label in _below_site(host) if label in _PERHAPS_STAGING), None) or next(
        (label for label in labels if _STAGING_WITHIN.search(label)), None
    )
    return f"looks like a test copy of a site (its name says “{name}”)" if name else None


def _below_site(host: str) -> list[str]:
    return host.removesuffix(site_of(host)).split(".")


def _stands_under(host: str, owners: frozenset[str]) -> bool:
    labels = host.lower().split(".")
    return any(".".join(labels[at:]) in owners for at in range(len(labels)))


def _as_number(name: str) -> IPv4Address | IPv6Address | None:
    try:
        number = ip_address(name)
    except ValueError:
        return None
    inner = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    return inner or number
