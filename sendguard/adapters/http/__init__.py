"""Visits over HTTP: this is where links are really opened, and private networks kept shut."""

from sendguard.adapters.http.visitor import HttpVisitor, http_visitor

__all__ = ["HttpVisitor", "http_visitor"]
