"""The keys of one YAML mapping, each read as what it should be; complaints are gathered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sendguard.errors import Unreadable
from sendguard.read.inside import inside
from sendguard.read.instant import parse_instant
from sendguard.read.yaml_tree import place_of
from sendguard.values import Place, Url

MOST_SAID = 10
_NEAR_ENOUGH = 0.6
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Complaints:
    """What is wrong in one file, in the order it was met."""

    file: str
    met: list[tuple[Place, str]] = field(default_factory=list)

    def add(self, node: yaml.Node, says: str) -> None:
        """Note one thing wrong."""
        self.met.append((place_of(node, self.file), says))

    def settle(self) -> None:
        """Raise all of them as one.

        Raises:
            Unreadable: There is any; it stands at the first place and names the others.
        """
        if not self.met:
            return
        (place, first), *others = sorted(self.met, key=lambda one: (one[0].line, one[0].column))
        said = [first, *(f"{at}: {says}" for at, says in others[: MOST_SAID - 1])]
        if len(others) >= MOST_SAID:
            said.append(f"and {len(others) - MOST_SAID + 1} more")
        raise Unreadable("; ".join(said), place)


class Section:
    """A mapping in YAML. Each question answers None where the key is absent, empty or wrong."""

    def __init__(self, node: yaml.MappingNode, known: tuple[str, ...], bad: Complaints) -> None:
        self.node = node
        self._known = known
        self._bad = bad
        self._values = dict(self._pairs())

    def _pairs(self) -> Iterator[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for key, value in self.node.value:
            name = str(key.value)
            if not isinstance(key, yaml.ScalarNode) or name not in self._known:
                self._bad.add(key, self._unknown(name))
            elif name in seen:
                self._bad.add(key, f"`{name}` is given twice: keep one of them")
            elif value.tag != "tag:yaml.org,2002:null":
                yield name, value
            seen.add(name)

    def _unknown(self, name: str) -> str:
        nearest = process.extractOne(
            name[:40], self._known, scorer=OSA.normalized_similarity, score_cutoff=_NEAR_ENOUGH
        )
        if nearest:
            return f"`{name[:40]}` is not a key: did you mean `{nearest[0]}`?"
        return f"`{name[:40]}` is not a key; the keys are {', '.join(self._known)}"

    def has(self, key: str) -> bool:
        """Whether anything is given under the key, right or wrong."""
        return key in self._values

    def place(self, key: str) -> Place | None:
        """Where the key's value is written; None where there is none."""
        node = self._values.get(key)
        return place_of(node, self._bad.file) if node else None

    def text(self, key: str) -> str | None:
        """Words, as written: `2026` and `yes` too."""
        node = self._values.get(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._bad.add(node, f"`{key}` should be a text on one line, {_no_text(node)}")
            return None
        return " ".join(str(node.value).split()) or None

    def needed(self, key: str, missing: str) -> str | None:
        """Words that have to be there; `missing` is the complaint where they are not."""
        text = self.text(key)
        node = self._values.get(key)
        if text is None and not isinstance(node, yaml.CollectionNode):
            self.complain(missing, key if node else None)
        return text

    def whole_number(self, key: str) -> int | None:
        """A number from 0."""
        text = self.text(key)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{1,10}", text):
            self._wrong(key, f"`{key}` should be a whole number, such as 1200")
            return None
        return int(text)

    def instant(self, key: str) -> datetime | None:
        """A date and time, in the zone that is given with it."""
        text = self.text(key)
        if text is None:
            return None
        try:
            return parse_instant(text)
        except ValueError as error:
            self._wrong(key, f"`{key}` {error}")
            return None

    def file(self, key: str) -> str | None:
        """The name of a file inside the folder."""
        text = self.text(key)
        found = inside(text) if text else None
        if text and not found:
            says = f"`{key}` should name a file inside this folder, without .. or a drive before it"
            self._wrong(key, says)
        return found

    def address(self, key: str) -> str | None:
        """An absolute web address."""
        text = self.text(key)
        if text is None or Url.parse(text):
            return text
        self._wrong(key, f"`{key}` should be a whole address that begins with https://")
        return None

    def texts(self, key: str) -> Iterator[tuple[str, Place]]:
        """The texts of a list, or the one text that stands in its place, with where they stand."""
        node = self._values.get(key)
        if node is None:
            return
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(item, yaml.ScalarNode):
                yield " ".join(str(item.value).split()), place_of(item, self._bad.file)
            else:
                self._bad.add(item, f"an entry of `{key}` should be a text, {_no_text(item)}")

    def sections(self, key: str, known: tuple[str, ...]) -> Iterator["Section"]:
        """The mappings of a list."""
        node = self._values.get(key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self._bad.add(node, f"`{key}` should be a list: begin each entry with a dash")
            return
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                yield Section(item, known, self._bad)
            else:
                self._bad.add(item, f"an entry of `{key}` should have keys: {', '.join(known)}")

    def complain(self, says: str, key: str | None = None) -> None:
        """Note something wrong with what stands under a key, or with the mapping as a whole."""
        self._bad.add(self._values[key] if key else self.node, says)

    def _wrong(self, key: str, says: str) -> None:
        self._bad.add(self._values[key], says)


def parse_day(text: str) -> date | None:
    """The date that is written like 2026-11-24; None for any other spelling."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _no_text(node: yaml.Node) -> str:
    """Why a node is no text; whoever wrote [ or { need not have meant a list."""
    if isinstance(node, yaml.CollectionNode) and node.flow_style:
        made, marks = ("list", "[ ]") if isinstance(node, yaml.SequenceNode) else ("group", "{ }")
        return f'but {marks} makes a {made} of it: put the whole text in quotes, "like this"'
    return "not a list or more keys"
