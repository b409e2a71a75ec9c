"""The files of a correction, as an editor pastes them into her own platform."""

import codecs
from collections.abc import Mapping

from sendguard.read import Campaign, Medium
from sendguard.read.charset import decode

HTML_FILE = "newsletter.html"
TEXT_FILE = "newsletter.txt"
MESSAGE_FILE = "newsletter.eml"
SUBJECT_FILE = "subject.txt"
READERS_FILE = "readers.csv"

_TAKEN = {HTML_FILE, TEXT_FILE, SUBJECT_FILE, READERS_FILE, "campaign.yaml", "approvals.yaml"}
_FOLDER = "source"


def repaired_files(campaign: Campaign) -> Mapping[str, str]:
    """By name what readers get of a repaired campaign, and the MJML that belongs to it.

    MJML whose name is taken goes into a folder, whole, so that its files find each other.
    """
    files: dict[str, str] = {}
    for medium, name in ((Medium.HTML, HTML_FILE), (Medium.TEXT, TEXT_FILE)):
        part = next((one for one in campaign.parts if one.medium is medium), None)
        if part:
            files[name] = part.text
    names = [source.name for source in campaign.sources]
    folder = f"{_FOLDER}/" if any(name.lower() in _TAKEN for name in names) else ""
    return files | {f"{folder}{source.name}": source.text for source in campaign.sources}


def encoded(text: str) -> bytes:
    """The text in UTF-8, so that it is read as that, whatever charset its HTML names."""
    raw = text.encode("utf-8", "replace")
    return raw if decode(raw) == text else codecs.BOM_UTF8 + raw
