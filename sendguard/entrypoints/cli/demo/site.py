"""The Navigator's website, small but real: an HTTP server on this machine alone."""

import html
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

ARTICLES = {
    "/41/five-ways-to-lose-a-sale": "Five Ways to Lose a Sale",
    "/42/schrodingers-proposals": "Schrodinger's Proposals",
    "/42/meeting-walk": "The Meeting That Could Have Been a Walk",
    "/42/pricing-by-the-hour": "Why Pricing by the Hour Punishes the Quick",
    "/42/questions-for-a-first-call": "Nine Questions for a First Call",
}
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{title} | The Navigator</title><meta property="og:site_name" content="The Navigator">
</head><body><h1>{title}</h1></body></html>"""


@contextmanager
def navigator_site(articles: Mapping[str, str] = ARTICLES) -> Iterator[str]:
    """Serve the Navigator's articles; gives `host:port` of the server until the block ends.

    Args:
        articles: Their titles by path; what is changed there is changed on the site.
    """
    server = _Server(("127.0.0.1", 0), _Navigator)
    server.articles = articles
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    articles: Mapping[str, str]
    request_queue_size = 64  # five, the default, makes a visitor wait a second for its turn

    def handle_error(self, *_about: object) -> None:
        """Keep quiet: a visitor that has read enough and left is no error."""


class _Navigator(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.endswith(".svg"):
            self._answer(200, "image/svg+xml", _PICTURE)
        elif title := self.server.articles.get(self.path):
            self._answer(200, "text/html; charset=utf-8", _PAGE.format(title=html.escape(title)))
        else:
            self._answer(404, "text/html; charset=utf-8", _PAGE.format(title="Page not found"))

    def log_message(self, *_args: object) -> None:
        """Keep quiet: the check's own words are what counts."""

    def _answer(self, status: int, media_type: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
