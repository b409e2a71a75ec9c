"""The title that a PDF gives itself."""

import io
import re
import warnings
from collections.abc import Mapping
from typing import Any

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
    # Slow, and few newsletters link to a PDF.
    from pypdf import PdfReader, apply_configuration  # noqa: PLC0415

    try:
        with warnings.catch_warnings(action="ignore"), apply_configuration(**_BOUNDS):
            information = PdfReader(io.BytesIO(body)).metadata
            return _telling(information.title if information else None)
    except Exception:  # noqa: BLE001 - a damaged PDF raises nearly everything
        return None


def _telling(title: object) -> str | None:
    """The title without what a word processor puts before it; None for a file's mere name."""
    words = " ".join(str(title or "").split())[:1_000]
    words = _PROGRAM.sub("", words)
    return None if _FILE_NAME.fullmatch(words) else words or None


# pypdf lets 30 kB unpack to gigabytes; what leads to a title is never large.
_LARGEST = 1024 * 1024
_BOUNDS: Mapping[str, Any] = {
    "zlib_maximum_output_length": _LARGEST,
    "lzw_maximum_output_length": _LARGEST,
    "run_length_maximum_output_length": _LARGEST,
    "brotli_maximum_output_length": _LARGEST,
    "jbig2_maximum_output_length": _LARGEST,
    "jbig2dec_binary": None,
    "array_based_stream_maximum_output_length": _LARGEST,
    "maximum_declared_stream_length": _LARGEST,
    "stream_decoding_work_maximum_length": 4 * _LARGEST,
    "stream_filters_maximum_length": 2,
    "zlib_maximum_recovery_input_length": 0,
    "array_maximum_element_count": 20_000,
    "dictionary_maximum_element_count": 1_000,
    "disable_legacy_handling": True,
}

_PROGRAM = re.compile(r"^(?:Microsoft (?:Word|PowerPoint|Excel)|LibreOffice) - ", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\S+\.(?:docx?|odt|pptx?|xlsx?|indd|pdf|tex)|untitled.*|unbenannt.*", re.IGNORECASE
)
