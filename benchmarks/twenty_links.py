"""How long a check of a newsletter with twenty links takes, beside only fetching them."""

import shutil
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from benchmarks.measure import measure, table

ROUNDS = 9
LINKS = 20
FETCH = """
import sys, urllib.request
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(8) as pool:
    list(pool.map(lambda url: urllib.request.urlopen(url).read(), sys.argv[1:]))
"""


class _Article(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        title = f"The story of number {self.path[1:]}"
        filler = "<p>words words words</p>" * 1500  # 36 KB, as articles have
        page = f"<head><title>{title} | Magazine</title></head><h1>{title}</h1>{filler}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_args: object) -> None:
        """Keep quiet: printing would be measured."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # five, the default, makes clients wait a second for their turn

    def handle_error(self, *_about: object) -> None:
        """A client that has read enough and left is no error."""


def serve_articles(count: int) -> list[str]:
    """The addresses of so many articles, on a server that runs as long as this program does."""
    server = _Server(("127.0.0.1", 0), _Article)
    Thread(target=server.serve_forever, daemon=True).start()
    return [f"http://127.0.0.1:{server.server_port}/{number}" for number in range(count)]


def main() -> None:
    """Measure and print."""
    addresses = serve_articles(LINKS)
    sendguard = shutil.which("sendguard", path=f"{sys.prefix}/bin") or "sendguard"
    with tempfile.TemporaryDirectory() as folder:
        config, newsletter = Path(folder, "config.yaml"), Path(folder, "newsletter.html")
        config.write_text("visit: {allow_private: [127.0.0.0/8], remember_s: 0}", "utf-8")
        newsletter.write_text(newsletter_of(addresses), "utf-8")
        check = [sendguard, "check", str(newsletter), "--config", str(config)]
        commands = {
            "only fetching": [sys.executable, "-c", FETCH, *addresses],
            "sendguard check": check,
            "check --offline": ["sh", "-c", f"{' '.join(check)} --offline || true"],
        }
        print(table(measure(commands, ROUNDS), "only fetching"))


def newsletter_of(addresses: list[str]) -> str:
    """A newsletter that links to these articles."""
    items = (
        f'<li><a href="{address}">The story of number {number}</a>: words</li>'
        for number, address in enumerate(addresses)
    )
    return f'<ul>{"".join(items)}</ul><a href="mailto:a@x.org">unsubscribe</a>'


if __name__ == "__main__":
    main()
