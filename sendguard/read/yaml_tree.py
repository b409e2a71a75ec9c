"""YAML as a tree of nodes that know their lines, and nothing that costs more than it says."""

import yaml

from sendguard.errors import Unreadable
from sendguard.read.charset import decode
from sendguard.read.kind import refuse_large
from sendguard.read.yaml_faults import UNQUOTED, Mark, fault_mark, in_plain_words
from sendguard.values import Lines, Place

LARGEST_YAML_BYTES = 200_000
DEEPEST = 20


def parse_yaml(raw: bytes, file: str) -> yaml.Node | None:
    """The top node of a document; None when there is nothing in it.

    Raises:
        Unreadable: It is no YAML, larger than `LARGEST_YAML_BYTES`, or nested or repeated by
            reference as no campaign needs.
    """
    refuse_large(len(raw), file, LARGEST_YAML_BYTES)
    text = decode(raw)
    try:
        _refuse_tricks(text, file)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        says = "this character cannot stand in YAML: remove it"
        raise Unreadable(says, Lines.of(file, text).place(error.position)) from error
    except yaml.MarkedYAMLError as error:
        place = _place(fault_mark(error), file)
        raise Unreadable(in_plain_words(error, text), place) from error


def place_of(node: yaml.Node | yaml.Event, file: str) -> Place:
    """Where a node begins, as an editor counts."""
    return _place(node.start_mark, file)


def _place(mark: Mark | None, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1)


def _refuse_tricks(text: str, file: str) -> None:
    """Refuse what would grow without end; reading events alone costs no memory."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        place = place_of(event, file)
        if isinstance(event, yaml.AliasEvent):
            says = "write it out: references such as *name are not used here (quote a text with *)"
            raise Unreadable(says, place)
        if isinstance(event, yaml.ScalarEvent) and (event.anchor or event.tag):
            # YAML would leave the first word out without saying so.
            raise Unreadable(UNQUOTED, place)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Unreadable("this is nested more deeply than a campaign needs", place)
