"""blames-others."""

import re
from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, said, tone_rule

_OTHERS = (
    r"(?:e-?mail |mailing |newsletter |sending |service |software |hosting |web |tech(?:nical)? |"
    r"marketing |IT |new |external |third[- ]party )*"
    r"(?:provider|vendor|supplier|agency|contractor|freelancer|intern|trainee|assistant|colleague|"
    r"co-?worker|employee|volunteer|developer|designer|department|team|partner|printer|"
    r"platform|software|system|server|tool|plug-?in|computer|algorithm|app|cms|website|"
    r"third part(?:y|ies))(?:s|'s)?"
)
_NAMES = (
    "mailchimp|hubspot|substack|beehiiv|ghost|buttondown|convertkit|sendgrid|brevo|klaviyo|"
    "mailerlite|mailgun|campaign monitor|constant contact|activecampaign|listmonk|wordpress|"
    "outlook|gmail|google|microsoft|cloudflare|amazon|bitly|chatgpt|claude|copilot"
)
_WHO = rf"(?:(?:our|the|an?|my|one of our) {_OTHERS}|{_NAMES})"
_DID = (
    "(?:has |had |have |did |also |then |accidentally |mistakenly |wrongly |somehow )*"
    "(?:caused|broke|changed|failed|swapped|replaced|inserted|mixed|messed|lost|crashed|mangled|"
    "rewrote|garbled|corrupted|put|pasted|copied|sent|used|picked|made|let|set|went|malfunctioned|"
    "introduced|slipped|forgot|missed|misconfigured|not (?:check|save|update|tell|notice))"
)
_BY = (
    r"(?:because of|due to|owing to|caused by|thanks to|on account of|the fault of|"
    r"fault lies with|blame(?:d)?(?: on| for this)?|by|from|with)"
)
_TECHNICAL = (
    r"(?:technical|technological|system|software|computer|server|database|automation|platform|IT)"
    r"[ -](?:issue|problem|error|glitch|difficult|fault|failure|hiccup|mishap|bug|malfunction)\w*"
    r"|\b(?:a|the|some|this) (?:glitch|bug|hiccup|gremlin|snafu|malfunction)s?\b"
    r"|\b(?:glitch|gremlins?|outage) (?:in|on|at|with)\b"
)
_BLAME = re.compile(
    rf"\b(?:{_WHO} {_DID}|{_BY} {_WHO}\b|{_TECHNICAL}|not (?:entirely )?our fault)",
    re.IGNORECASE,
)


@tone_rule(advice="Write what you did yourself: “I copied the address of the last issue.”")
def blames_others(speech: Speech) -> Iterator[str]:
    """Somebody or something else is named as the culprit.

    Why it matters:
        Readers wrote to you, not to your software or your intern. Whoever names another
        culprit says: it can happen again, and I could do nothing.

    Caught:
        “Our email provider swapped the links”, “due to a technical issue”, “by our intern”.

    Let through:
        A company that is named for another reason: “we wrote to our provider's support”.

    Blind spot:
        People and companies whose names it does not know.
    """
    for words in said(_BLAME, speech.sentences):
        yield f"{words} puts the blame on somebody or something else"
