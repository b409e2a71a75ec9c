"""blames-others."""

import re
from collections.abc import Iterator

from sendguard.correct.tone.rule import Speech, said, tone_rule

_OTHERS = (
    r"(?:e-?mail |mailing |newsletter |sending |service |software |hosting |web |tech(?:nical)? |"
    r"marketing |IT |new |external |third[- ]party )*"
    r"(?:provider|vendor|supplier|agency|contractor|freelancer|intern|trainee|assistant|colleague|"
    r"co-?worker|employee|volunteer|developer|designer|department|team|partner|printer|"
    r"new hire|student|temp|copywriter|secretary|predecessor|boss|company|programmer|"
    r"platform|software|program(?:me)?|system|server|service|tool|plug-?in|computer|algorithm|app|"
    r"script|template|bot|robot|ai|cms|website|"
    r"third part(?:y|ies))(?:s|'s)?"
)
_NAMES = (
    "mailchimp|hubspot|substack|beehiiv|ghost|buttondown|convertkit|sendgrid|brevo|klaviyo|"
    "mailerlite|mailgun|campaign monitor|constant contact|activecampaign|listmonk|wordpress|"
    "outlook|gmail|google|microsoft|cloudflare|amazon|bitly|chatgpt|claude|copilot"
)
_CALLED = r"(?:,? (?-i:[A-ZÀ-ÞŠŽ])[\w.-]{0,30}){0,3},?"
_WHO = rf"(?:(?:our|the|an?|my|one of (?:our|my)) {_OTHERS}{_CALLED}|{_NAMES})"
_DID = (
    "(?:has |had |have |did |also |then |accidentally |mistakenly |wrongly |somehow )*"
    "(?:caused|broke|changed|failed|swapped|replaced|inserted|mixed|messed|lost|crashed|mangled|"
    "rewrote|garbled|corrupted|put|pasted|copied|sent|used|picked|made|let|set|went|malfunctioned|"
    "introduced|slipped|forgot|missed|misconfigured|not (?:check|save|update|tell|notice)|chose|"
    "typed|entered|deleted|overwrote|linked|switched|gave|published|confused|overlooked|ignored|"
    "mistyped|duplicated|reused|scrambled|did (?:it|this|that)|(?:was|were|is|are) (?:to blame|at "
    "fault|responsible|behind (?:it|this)))"
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
# “I, Tim, the intern, copied…”: who says “I” stands up for it, whatever they are.
_MYSELF = re.compile(r"\b(I|we),(?: [^,]{1,40},){1,2}", re.IGNORECASE)


@tone_rule(advice="Write what you did yourself: “I copied the address of the last issue.”")
def blames_others(speech: Speech) -> Iterator[str]:
    """Somebody or something else is named as the culprit.

    Why it matters:
        Readers wrote to you, not to your software or your intern. Whoever names another
        culprit says: it can happen again, and I could do nothing.

    Caught:
        “Our email provider swapped the links”, “our intern Tim copied the wrong address”, “due to
        a technical issue”.

    Let through:
        A company that is named for another reason: “we wrote to our provider's support”. Whoever
        owns it: “I, Tim, the intern, copied…”.

    Blind spot:
        People and companies whose names it does not know.
    """
    sentences = (_MYSELF.sub(r"\1", sentence) for sentence in speech.sentences)
    for words in said(_BLAME, sentences):
        yield f"{words} puts the blame on somebody or something else"
