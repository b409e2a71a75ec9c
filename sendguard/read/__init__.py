"""1. READ: this is where a file, a folder or a message becomes a `Campaign`."""

from sendguard.read.campaign import Article, Brief, Campaign, Medium, Part, Source
from sendguard.read.read import read_campaign

__all__ = ["Article", "Brief", "Campaign", "Medium", "Part", "Source", "read_campaign"]
