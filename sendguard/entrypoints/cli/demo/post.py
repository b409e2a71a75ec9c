"""The readers' mail server, small but real: SMTP on this machine alone, one mailbox a reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

_OFFERED = b"250-post.navigator.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
_READY = b"220 post.navigator.example ESMTP\r\n"
_GO_ON = b"354 end with a dot on a line of its own\r\n"
_FINE, _BYE, _UNKNOWN = b"250 2.0.0 fine\r\n", b"221 2.0.0 bye\r\n", b"502 5.5.1 unknown\r\n"


@dataclass(slots=True)
class Post:
    """What arrived, mailbox by mailbox, in the order that it came in."""

    port: int
    mailboxes: dict[str, list[bytes]] = field(default_factory=dict)

    def arrive(self, recipient: str, message: bytes) -> None:
        """Put a message into its mailbox."""
        self.mailboxes.setdefault(recipient, []).append(message)

    def inbox(self, recipient: str) -> list[EmailMessage]:
        """What one reader has, the oldest first."""
        letters = self.mailboxes.get(recipient, [])
        return [message_from_bytes(letter, policy=policy.default) for letter in letters]


@contextmanager
def navigator_post() -> Iterator[Post]:
    """Take mail for everybody, until the block ends."""
    server = _Server(("127.0.0.1", 0), _Conversation)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.post
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], conversation: type["_Conversation"]) -> None:
        super().__init__(address, conversation)
        self.post = Post(port=self.server_address[1])


class _Conversation(StreamRequestHandler):
    """One connection: what the sender says, and what is answered (RFC 5321)."""

    server: _Server

    def handle(self) -> None:
        self.wfile.write(_READY)
        recipient = ""
        while line := self.rfile.readline(2_000):
            verb = line[:4].upper().strip()
            if verb == b"RCPT":
                recipient = line.partition(b"<")[2].partition(b">")[0].decode()
            if verb == b"DATA":
                self.wfile.write(_GO_ON)
                self.server.post.arrive(recipient, self._message())
            self.wfile.write(_answer(verb))
            if verb == b"QUIT":
                return

    def _message(self) -> bytes:
        """All lines as far as the dot, without the dots that were put before others."""
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line[line.startswith(b".") :] for line in lines)


def _answer(verb: bytes) -> bytes:
    match verb:
        case b"EHLO":
            return _OFFERED
        case b"MAIL" | b"RCPT" | b"DATA" | b"RSET" | b"NOOP" | b"HELO":
            return _FINE
        case b"QUIT":
            return _BYE
        case _:
            return _UNKNOWN
