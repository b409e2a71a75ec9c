"""The standard parser, which ends things where browsers end them, and complains of nothing.

What it took for a part of a comment or a title, readers would see unchecked.
"""

import re
from html.parser import HTMLParser


class Forgiving(HTMLParser):
    """Reads any markup to its end, as browsers do.

    Source:
        HTML, sections 13.2.5 (tokenization) and 13.2.6.4 (which elements hold mere text).
    """

    def parse_starttag(self, i: int) -> int:
        """Where it ends; a slash in front of that end changes nothing."""
        end = super().parse_starttag(i)
        if end > i and self.lasttag in _OF_MERE_TEXT:
            self.set_cdata_mode(self.lasttag)
            self.interesting = _END_OF[self.lasttag]
        return end

    def parse_endtag(self, i: int) -> int:
        """Where it ends: not in quotes, as in the tags that open something."""
        found = _END_TAG.match(self.rawdata, i)
        if not found:
            return super().parse_endtag(i)
        self.handle_endtag(found[1].lower())
        self.clear_cdata_mode()
        return found.end()

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002
        """Where it ends, `<!-->` at once."""
        found = _COMMENT.match(self.rawdata, i)
        if not found:
            return -1
        if report:
            self.handle_comment(found[1] or "")
        return found.end()

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002
        """Where `<![…` ends, which is a comment in HTML, whatever it says."""
        return self.parse_bogus_comment(i, report)


_OF_MERE_TEXT = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
)
_END_OF = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _OF_MERE_TEXT}
_VALUE = r"\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]*+"
_END_TAG = re.compile(
    rf"</([a-zA-Z][^\s/>]*+)(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:{_VALUE})?+)?+)*+>"
)
_COMMENT = re.compile(r"<!--(?:-?>|(.*?)--!?>)", re.DOTALL)
