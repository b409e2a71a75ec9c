"""What a tag looks like, and what is wrong with one that does not."""

import re

_NAME = r"[^\W\d][\w.-]*+"
_QUALIFIED = rf"(?>(?:{_NAME})?:{_NAME}|{_NAME})"
_GAP = r"[ \t\r\n]"
_VALUE = rf"{_GAP}*+={_GAP}*+(?:\"[^\"]*+\"|'[^']*+')"
_ATTRIBUTES = rf"(?P<attributes>(?:{_GAP}++{_QUALIFIED}(?:{_VALUE})?+)*+){_GAP}*+"

OPENING = re.compile(rf"<(?P<name>{_QUALIFIED}){_ATTRIBUTES}(?P<ends>/?)>")
CLOSING = re.compile(rf"</(?P<name>{_QUALIFIED}){_GAP}*+>")

_AS_FAR_AS_SOUND = re.compile(rf"</?(?P<name>{_QUALIFIED}){_ATTRIBUTES}")
_ATTRIBUTE_NAME = re.compile(_QUALIFIED)
_LAST_NAME = re.compile(rf"{_QUALIFIED}{_GAP}*\Z")
_UNSOUND_VALUE = re.compile(rf"{_GAP}*+={_GAP}*+(?P<written>[\"']|[^\s<>\"'/]*+)")
_ATTRIBUTE_BEFORE = re.compile(rf"({_QUALIFIED}){_GAP}*+={_GAP}*+(\"[^\"]*+\"|'[^']*+')")


def what_is_wrong(text: str, at: int) -> tuple[int, str]:
    """The offset and the sentence for a tag that begins at `at` and is broken."""
    sound = _AS_FAR_AS_SOUND.match(text, at)
    if not sound:
        return at, "a “<” stands alone here: write &lt; where readers should see it"
    tag, stops = sound[0].split(maxsplit=1)[0][:40], sound.end()
    if text[stops : stops + 1] in {"", "<"}:
        return at, f"{tag} is not complete: write > where the tag ends"
    if swallowed := _swallowed(sound["attributes"]):
        return at, f"a quotation mark is missing in {tag}, in or after its {swallowed}"
    if text[stops] == "=":  # the name before it passed for an attribute without a value
        tail = sound[0][-200:]
        stops -= len(tail) - _last_name(tail)
    return _at_the_stop(text, stops, tag)


def _last_name(tail: str) -> int:
    found = _LAST_NAME.search(tail)
    return found.start() if found else len(tail)


def _swallowed(attributes: str) -> str | None:
    """Name of the first attribute whose value runs on into the markup behind it."""
    for name, value in _ATTRIBUTE_BEFORE.findall(attributes):
        if "<" in value and ">" in value:
            return str(name)
    return None


def _at_the_stop(text: str, stops: int, tag: str) -> tuple[int, str]:
    """The offset and the sentence for what follows the last sound attribute."""
    name = _ATTRIBUTE_NAME.match(text, stops)
    if name and text[stops - 1] in "\"'":
        return stops, f"a space is missing in {tag} before {name[0]}"
    if not name or not (value := _UNSOUND_VALUE.match(text, name.end())):
        return stops, f"“{text[stops]}” cannot stand here in {tag}"
    if value["written"][:1] in {'"', "'"}:
        return stops, f"the value of {name[0]} in {tag} has no closing quotation mark"
    written = value["written"][:40]
    says = f'the value of {name[0]} in {tag} has no quotation marks: write {name[0]}="{written}"'
    return stops, says
