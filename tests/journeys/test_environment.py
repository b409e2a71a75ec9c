"""Of the computer that it runs on, a check uses no proxy, password or trust that was not set."""

import json
import os
from pathlib import Path

import trustme
import yaml

from tests.journeys.program import sendguard
from tests.servers import site, titled, tls_for

NEWSLETTER = """<p><a href="http://navigator.example/ships">A ship of two hulls</a></p>
<p><a href="https://navigator.example/ships">A ship with a secret</a></p>
<a href="http://navigator.example/unsubscribe/1">Unsubscribe</a>"""


async def test_proxies_passwords_and_trust_of_the_environment_are_not_used(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    (tmp_path / ".netrc").write_text("machine navigator.example login ada password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    (tmp_path / "issue.html").write_text(NEWSLETTER)
    pages = {"/ships": titled("A ship of two hulls")}
    secure = tls_for(authority.issue_cert("navigator.example"))
    async with site({}) as proxy, site(pages) as plain, site(pages, secure) as hidden:
        ports = {80: plain.port, 443: hidden.port}
        routes = {f"navigator.example:{door}": f"127.0.0.1:{port}" for door, port in ports.items()}
        config = {"visit": {"timeout_s": 4, "connect_to": routes}}
        (tmp_path / "config.yaml").write_text(yaml.safe_dump(config))
        told = {
            **{f"{kind}_PROXY": str(proxy) for kind in ("HTTP", "HTTPS", "ALL")},
            **{f"{kind}_proxy": str(proxy) for kind in ("http", "https", "all")},
            "HOME": str(tmp_path),
            "NETRC": str(tmp_path / ".netrc"),
            **{f"{who}_CA_BUNDLE": str(tmp_path / "ca.pem") for who in ("REQUESTS", "CURL")},
            "SSL_CERT_FILE": str(tmp_path / "ca.pem"),
            "SSL_CERT_DIR": str(tmp_path),
        }

        ran = await sendguard(
            "check", "issue.html", "--format", "json", here=tmp_path, env={**os.environ, **told}
        )

    links = json.loads(ran.out)["newsletters"][0]["links"]
    assert [link["visit"]["trouble"] for link in links[:2]] == [None, "bad-certificate"]
    assert proxy.connections == 0
    assert plain.requests
    assert not [line for line in plain.requests if "authorization" in line.lower()]
