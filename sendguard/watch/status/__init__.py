"""What `sendguard status` tells: the next checks, the last decisions, what waits for a person."""

from sendguard.watch.status.document import status_as_json
from sendguard.watch.status.gate import AtGate, Stopped
from sendguard.watch.status.mailing import Mailing, OpenIncident, Outgoing
from sendguard.watch.status.sheet import Found, Remembered, Sheet, Status, Untold
from sendguard.watch.status.told import status_as_text
from sendguard.watch.status.wait import Kind, Wait
from sendguard.watch.status.waiting import waiting

__all__ = [
    "AtGate",
    "Found",
    "Kind",
    "Mailing",
    "OpenIncident",
    "Outgoing",
    "Remembered",
    "Sheet",
    "Status",
    "Stopped",
    "Untold",
    "Wait",
    "status_as_json",
    "status_as_text",
    "waiting",
]
