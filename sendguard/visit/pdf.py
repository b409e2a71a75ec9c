"""The title that a PDF gives itself."""

import io
import re
import warnings

from sendguard.visit.visit import Page


def read_pdf(body: bytes, *, media_type: str, whole: bool = True) -> Page:
    """What a PDF says about itself; never raises.

    Args:
        body: What was read of the file.
        media_type: As `Page.media_type`.
        whole: False when that is only its beginning. A PDF keeps its table of contents at
            its end, so that a beginning tells no title.
    """
    return Page(media_type=media_type, title=_title(body) if whole else None)


def _title(body: bytes) -> str | None:
    from pypdf import PdfReader  # noqa: PLC0415 - slow, and few newsletters link to a PDF

    try:
        with warnings.catch_warnings(action="ignore"):
            information = PdfReader(io.BytesIO(body)).metadata
            return _telling(information.title if information else None)
    except Exception:  # noqa: BLE001 - a damaged PDF raises nearly everything
        return None


def _telling(title: object) -> str | None:
    """The title without what a word processor puts before it; None for a file's mere name."""
    words = " ".join(str(title or "").split())[:1_000]
    words = _PROGRAM.sub("", words)
    return None if _FILE_NAME.fullmatch(words) else words or None


_PROGRAM = re.compile(r"^(?:Microsoft (?:Word|PowerPoint|Excel)|LibreOffice) - ", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\S+\.(?:docx?|odt|pptx?|xlsx?|indd|pdf|tex)|untitled.*|unbenannt.*", re.IGNORECASE
)
