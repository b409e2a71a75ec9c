"""The standard parser without its one complaint."""

from html.parser import HTMLParser


class Forgiving(HTMLParser):
    """Reads any markup to its end, as browsers do."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002
        """Where `<![…` ends; one that makes no sense is a comment."""
        here = self.lineno, self.offset
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            self.lineno, self.offset = here  # it counts lines before it complains
            return self.parse_bogus_comment(i, report)
