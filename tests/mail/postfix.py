"""A real Postfix: submission with STARTTLS and a login, and the mailbox where all of it arrives."""

import mailbox
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

from tests.mail.ports import free_ports, wait_until_open
from tests.mail.programs import need, need_root, path_of

USER, PASSWORD = "ada", "open sesame"
NOBODY, LATER = "nobody@example.org", "later@example.org"

_MAIN = """
compatibility_level = 3.6
myhostname = mail.example.org
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
alias_maps =
local_recipient_maps =
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = example.org
cyrus_sasl_config_path = {folder}/etc/sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{
    {{ {nobody} = 550 5.1.1 nobody of that name }} {{ {later} = 450 4.2.1 not now }} }}
smtputf8_enable = yes
message_size_limit = 40000000
queue_run_delay = 2
minimal_backoff_time = 2
# Whoever it is for, it arrives in one mailbox, or goes on to a server of the test's.
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all/
virtual_mailbox_base = {folder}/mail
virtual_mailbox_limit = 0
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
virtual_transport = {transport}
"""

_MASTER = """
127.0.0.1:{submission} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt
127.0.0.1:{implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
127.0.0.1:{plain} inet n - n - - smtpd -o smtpd_sasl_auth_enable=no
    -o smtpd_relay_restrictions=reject_unauth_destination -o smtpd_tls_security_level=none
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""

_SASL = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
mech_list: PLAIN LOGIN
sasldb_path: {folder}/etc/sasl/sasldb
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postfix:
    """One that runs on 127.0.0.1; its certificate is for `localhost`.

    Attributes:
        submission: Port with STARTTLS, where one has to log in.
        implicit: Port with TLS from the start, where one has to log in.
        plain: Port without either.
        ca_file: Who signed its certificate.
    """

    submission: int
    implicit: int
    plain: int
    ca_file: Path
    folder: Path

    def arrived(self, count: int, within_s: float = 60) -> list[EmailMessage]:
        """All that is in the mailbox, once there is so much; taken out of it.

        Whom a message was for stands in its `X-Original-To`.
        """
        box = self.folder / "mail/all"
        until_s = time.monotonic() + within_s
        while len(list(box.glob("new/*"))) < count and time.monotonic() < until_s:
            time.sleep(0.05)
        return list(_emptied(box))

    @property
    def log(self) -> str:
        """What it wrote down."""
        return (self.folder / "mail.log").read_text("utf-8", "replace")

    def stop(self) -> None:
        """End it, as an administrator would."""
        self._tell("stop")

    def start(self) -> None:
        """Start it."""
        self._tell("start")
        for port in (self.submission, self.implicit, self.plain):
            wait_until_open(port)

    def _tell(self, word: str) -> None:
        # With a pipe, its servers would keep whoever waits for it waiting.
        with (self.folder / "postfix.out").open("ab") as out:
            command = [path_of("postfix"), "-c", str(self.folder / "etc"), word]
            quiet = subprocess.DEVNULL
            done = subprocess.run(command, stdin=quiet, stdout=out, stderr=out, check=False)
        assert done.returncode == 0, (self.folder / "postfix.out").read_text("utf-8")


def _emptied(box: Path) -> Iterator[EmailMessage]:
    if box.exists():
        maildir = mailbox.Maildir(box, create=False)
        for key in list(maildir.keys()):
            yield message_from_bytes(maildir.get_bytes(key), policy=policy.default)
            maildir.remove(key)


@contextmanager
def postfix(
    transport: str = "virtual", *, main: str = "", master: str = "", opens: Sequence[int] = ()
) -> Iterator[Postfix]:
    """A Postfix with a folder of its own.

    Args:
        transport: Where mail goes: `virtual` for its mailbox, `smtp:[127.0.0.1]:PORT` for a server.
        main: Lines of main.cf, in the place of its own of that name.
        master: Lines of master.cf, below its own.
        opens: Ports of those lines.
    """
    need("postfix", "saslpasswd2")
    need_root()
    with TemporaryDirectory() as name:
        folder = Path(name)
        ports = free_ports(3)
        server = Postfix(
            submission=ports[0],
            implicit=ports[1],
            plain=ports[2],
            ca_file=folder / "ca.pem",
            folder=folder,
        )
        _furnish(server, transport, main, master)
        server.start()
        for port in opens:
            wait_until_open(port)
        try:
            yield server
        finally:
            server.stop()


def _furnish(server: Postfix, transport: str, more: str, more_master: str) -> None:
    folder = server.folder
    folder.chmod(0o755)  # its parts run as others
    for part in ("etc", "etc/sasl", "queue", "data", "mail"):
        (folder / part).mkdir()
    shutil.chown(folder / "data", "postfix")
    shutil.chown(folder / "mail", "nobody")
    nobody = (folder / "mail").stat().st_uid
    main = _MAIN.format(folder=folder, nobody=NOBODY, later=LATER, uid=nobody, transport=transport)
    (folder / "etc/main.cf").write_text(_merged(main, more), "utf-8")
    master = _MASTER.format(
        submission=server.submission, implicit=server.implicit, plain=server.plain
    )
    (folder / "etc/master.cf").write_text(master + more_master, "utf-8")
    _certify(folder)
    _let_in(folder)


def _merged(*texts: str) -> str:
    """One main.cf of several, where a later line stands in the place of an earlier one.

    Each part of Postfix warns of a line that stands there twice, through a part that may wait for
    itself then.
    """
    lines = (line for text in texts for line in re.split(r"\n(?!\s)", text) if "=" in line)
    known = {line.partition("=")[0].strip(): line for line in lines}
    return "\n".join((*known.values(), ""))


def _certify(folder: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate.private_key_pem.write_to_path(str(folder / "server.key"))
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(str(folder / "server.pem"), append=number > 0)


def _let_in(folder: Path) -> None:
    (folder / "etc/sasl/smtpd.conf").write_text(_SASL.format(folder=folder), "utf-8")
    words = ["-p", "-c", "-f", str(folder / "etc/sasl/sasldb"), "-u", "example.org", USER]
    subprocess.run([path_of("saslpasswd2"), *words], input=PASSWORD.encode(), check=True)
    shutil.chown(folder / "etc/sasl/sasldb", "postfix")
