"""Visits over HTTP: this is where links are really opened, and private networks kept shut."""

from sendguard.adapters.http.feeds import HttpFeeds
from sendguard.adapters.http.visitor import HttpVisitor, http_asker, http_visitor

__all__ = ["HttpFeeds", "HttpVisitor", "http_asker", "http_visitor"]
