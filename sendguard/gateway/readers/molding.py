"""The pieces of a campaign with a merge field wherever its copies differ."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from sendguard.correct.edits import Edit, edited, in_order
from sendguard.gateway.readers.fields import Fields
from sendguard.gateway.readers.parts import Line
from sendguard.gateway.readers.runs import Run, find_runs, fits
from sendguard.gateway.readers.tag import tag_edits
from sendguard.send.standing import TEXT_ADDRESS


@dataclass(frozen=True, slots=True)
class Molding:
    """Makes the pieces, one by one.

    Attributes:
        fields: Where the fields are gathered.
        personal: Every place where there is to be a field.
    """

    fields: Fields
    personal: frozenset[int]

    def subject(self) -> str:
        """As it goes out."""
        return self._line_of_words(Line.SUBJECT)

    def has_own_reply_to(self) -> bool:
        """Do answers of one reader go elsewhere than those of another?"""
        return bool(self._runs(Line.REPLY_TO))

    def unsubscribe(self) -> str | None:
        """The address of one click; None for none."""
        text, runs = self._piece(Line.UNSUBSCRIBE), self._runs(Line.UNSUBSCRIBE)
        if all(fits(self.fields.survey, run, text[: run.begin]) for run in runs):
            return edited(text, [self._in_address(run) for run in runs]) or None
        return self.fields.whole(Line.UNSUBSCRIBE, str.strip, "line")

    def text(self) -> str | None:
        """The plain text; None where there is none, or none that is alike for all readers."""
        pieces = self.fields.survey.baseline.pieces
        if not pieces.has_text or self.fields.survey.has_other_text:
            return None
        lines = [self._line(piece) for piece in range(pieces.text, pieces.html)]
        return None if None in lines else "\n".join(line or "" for line in lines)

    def markup(self) -> str | None:
        """The HTML; None where there is none."""
        pieces = self.fields.survey.baseline.pieces
        every = range(pieces.html, len(pieces.every))
        told = (self._tag(at) if (at - every.start) % 2 else self._words(at) for at in every)
        return "".join(told) if every else None

    def _line(self, piece: int) -> str | None:
        """None where a whole address in it is another for each reader."""
        text = self._piece(piece)
        addresses = [one.span() for one in TEXT_ADDRESS.finditer(text)]
        edits = [self._in_line(run, text, addresses) for run in self._runs(piece)]
        return None if None in edits else edited(text, in_order(filter(None, edits)))

    def _in_line(self, run: Run, text: str, addresses: Iterable[tuple[int, int]]) -> Edit | None:
        for begin, stop in addresses:
            if run.begin < stop and begin < run.stop:
                is_part = run.stop <= stop and begin <= run.begin
                can_be = is_part and fits(self.fields.survey, run, text[begin : run.begin])
                return self._in_address(run) if can_be else None
        return self._in_words(run)

    def _line_of_words(self, piece: int) -> str:
        return edited(self._piece(piece), [self._in_words(run) for run in self._runs(piece)])

    def _words(self, piece: int) -> str:
        runs = self._runs(piece)
        edits = [run.edit(self.fields.field(run.places, html.unescape, "html")) for run in runs]
        return edited(self._piece(piece), edits)

    def _tag(self, piece: int) -> str:
        runs = self._runs(piece)
        text = self._piece(piece)
        return edited(text, tag_edits(text, piece, runs, self.fields)) if runs else text

    def _in_words(self, run: Run) -> Edit:
        return run.edit(self.fields.field(run.places, str, "words"))

    def _in_address(self, run: Run) -> Edit:
        return run.edit(self.fields.field(run.places, unquote, "address"))

    def _piece(self, piece: int) -> str:
        return self.fields.survey.baseline.pieces.every[piece]

    def _runs(self, piece: int) -> tuple[Run, ...]:
        return find_runs(self.fields.survey.baseline, piece, self.personal)
