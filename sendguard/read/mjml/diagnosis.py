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
_UNQUOTED = re.compile(rf"({_QUALIFIED})?+{_GAP}*+={_GAP}*+(?P<value>[^\s<>\"'/]*+)")
_QUOTE_OPEN = re.compile(rf"({_QUALIFIED})?+{_GAP}*+={_GAP}*+[\"']")
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
    return stops, _at_the_stop(text, stops, tag)


def _swallowed(attributes: str) -> str | None:
    """Name of the first attribute whose value runs on into the markup behind it."""
    for name, value in _ATTRIBUTE_BEFORE.findall(attributes):
        if "<" in value and ">" in value:
            return str(name)
    return None


def _at_the_stop(text: str, stops: int, tag: str) -> str:
    if quoted := _QUOTE_OPEN.match(text, stops):
        return f"the value of {_attribute(quoted, text)} in {tag} has no closing quotation mark"
    if unquoted := _UNQUOTED.match(text, stops):
        value = unquoted["value"]
        return (
            f"the value of {_attribute(unquoted, text)} in {tag} has no quotation marks: "
            f'write "{value[:40]}"'
        )
    if re.match(_QUALIFIED, text[stops : stops + 80]):
        return f"a space is missing in {tag} before this attribute"
    return f"“{text[stops]}” cannot stand here in {tag}"


def _attribute(found: re.Match[str], text: str) -> str:
    """Name of an attribute; where only its `=` was left over, the word before that."""
    before = text[: found.start()].rsplit(maxsplit=1)
    return found[1] or before[-1][-40:]
