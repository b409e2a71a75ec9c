"""The redirectors that count a click and keep to themselves where they lead."""

import re

from sendguard.values import Url

_MOST_LABELS = 6


def counter(url: Url) -> str | None:
    """Who counts a click when the address is opened; None where nobody is known to.

    Returns:
        The platform's name, or the host's where many platforms count so.
    """
    labels = url.host.rstrip(".").split(".")[-_MOST_LABELS:]
    tails = [".".join(labels[at:]) for at in range(len(labels))]
    known = next((_BY_HOST[tail] for tail in tails if tail in _BY_HOST), None)
    if known and (known[1] is None or known[1].match(url.path)):
        return known[0]
    asked = f"{url.path}?{url.query}"
    return next((name or url.host for path, name in _BY_PATH if path.match(asked)), None)


_CLICK = re.compile(r"/(?:track/)?click")

_BY_HOST: dict[str, tuple[str, re.Pattern[str] | None]] = {
    **dict.fromkeys(("list-manage.com", "list-manage1.com"), ("Mailchimp", _CLICK)),
    "mandrillapp.com": ("Mailchimp", _CLICK),
    "ct.sendgrid.net": ("SendGrid", None),
    **dict.fromkeys(
        ("sendibt2.com", "sendibt3.com", "sendibm1.com", "sp1-brevo.net"),
        ("Brevo", re.compile(r"/(?:tr|mk)/cl/")),
    ),
    **dict.fromkeys(
        ("klclick.com", "klclick1.com", "klclick2.com", "klclick3.com", "trk.klaviyo.com"),
        ("Klaviyo", None),
    ),
    **dict.fromkeys(("hubspotlinks.com", "hubspotemail.net"), ("HubSpot", None)),
    **dict.fromkeys(
        ("cmail19.com", "cmail20.com", "cmail21.com", "createsend1.com", "createsend.com"),
        ("Campaign Monitor", re.compile(r"/t/[a-z]-[a-z]-")),
    ),
    "rs6.net": ("Constant Contact", None),
    "e2ma.net": ("Emma", re.compile(r"/click/")),
    "mlsend.com": ("MailerLite", re.compile(r"/(?:link|click)s?/")),
    "mjt.lu": ("Mailjet", re.compile(r"/lnk/")),
    **dict.fromkeys(
        ("convertkit-mail.com", "convertkit-mail2.com", "kit-mail3.com"),
        ("Kit", re.compile(r"/[\w-]+/[\w-]+")),
    ),
    "link.mail.beehiiv.com": ("beehiiv", None),
    "substack.com": ("Substack", re.compile(r"/redirect/")),
    "cl.exct.net": ("Marketing Cloud", None),
    "mktomail.com": ("Marketo", None),
    "customeriomail.com": ("Customer.io", re.compile(r"/e/c/")),
    **dict.fromkeys(
        ("intercom-clicks.com", "intercom-links.com", "intercom-mail.com"), ("Intercom", None)
    ),
    **dict.fromkeys(
        ("emlnk.com", "emlnk1.com", "activehosted.com"),
        ("ActiveCampaign", re.compile(r"/(?:lt\.php|link/)")),
    ),
    "clicks.aweber.com": ("AWeber", None),
    "awstrack.me": ("Amazon SES", re.compile(r"/L0/")),
    "pstmrk.it": ("Postmark", None),
    "sparkpostmail.com": ("SparkPost", re.compile(r"/f/")),
}

# Under a name of the sender's own; None where several platforms count so.
_BY_PATH: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (re.compile(r"/(?:ls|wf|ss)/(?:click|c)(?:\?(?:.{0,200}&)?upn=|/u\d{3}\.)"), "SendGrid"),
    (re.compile(r"/(?:tr|mk)/cl/(?:f/)?[\w-]{20}"), "Brevo"),
    (re.compile(r"/events/public/v1/encoded/track/tc/"), "HubSpot"),
    (re.compile(r"/c/eJ[\w-]{40}"), "Mailgun"),
    (re.compile(r"/(?:track/click|trk/click|click/track)/[\w-]{12}"), None),
)
