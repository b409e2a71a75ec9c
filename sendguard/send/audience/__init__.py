"""An audience file is read: who gets the newsletter, row by row, however many they are."""

from sendguard.send.audience.columns import own_columns
from sendguard.send.audience.left_out import LeftOut
from sendguard.send.audience.lines import LONGEST_LINE
from sendguard.send.audience.read import Audience, read_audience
from sendguard.send.audience.records import BadRow

__all__ = ["LONGEST_LINE", "Audience", "BadRow", "LeftOut", "own_columns", "read_audience"]
