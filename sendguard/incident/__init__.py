"""10. LEARN: this is where it is kept what a mistake did, and what will keep it from recurring."""

from sendguard.incident.clock import Mark, marks, within_the_hour
from sendguard.incident.document import incident_as_json, incidents_as_json
from sendguard.incident.incident import Incident, Judged, Kind, Note, Righted, Told
from sendguard.incident.report import incident_as_markdown
from sendguard.incident.said import Said
from sendguard.incident.tally import Tally
from sendguard.incident.text import incident_as_text, incidents_as_text

__all__ = [
    "Incident",
    "Judged",
    "Kind",
    "Mark",
    "Note",
    "Righted",
    "Said",
    "Tally",
    "Told",
    "incident_as_json",
    "incident_as_markdown",
    "incident_as_text",
    "incidents_as_json",
    "incidents_as_text",
    "marks",
    "within_the_hour",
]
