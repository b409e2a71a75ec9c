"""Certificates that end soon, on a real HTTPS site: a warning, and no more than that."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
import yaml

from tests.journeys.program import sendguard
from tests.servers import site, titled, tls_for

LETTER = (
    '<p><a href="https://navigator.example/may">How to recover from a mistake</a></p>'
    '<p><a href="https://navigator.example/unsubscribe">Unsubscribe</a></p>'
)


@pytest.mark.parametrize(("days", "is_said"), [(3, True), (13, True), (16, False)])
async def test_a_certificate_that_ends_within_two_weeks_warns(
    tmp_path: Path, days: int, *, is_said: bool
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    until = datetime.now(UTC) + timedelta(days=days, hours=1)
    certificate = authority.issue_cert("navigator.example", not_after=until)
    page = titled("How to recover from a mistake")
    async with site({"/may": page}, tls_for(certificate)) as there:
        near = {"navigator.example:443": f"127.0.0.1:{there.port}"}
        config = {"visit": {"ca_file": str(tmp_path / "ca.pem"), "connect_to": near}}
        (tmp_path / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
        (tmp_path / "issue.html").write_text(LETTER, "utf-8")
        ran = await sendguard("check", "issue.html", here=tmp_path)

    assert ran.code == 0
    assert ("SG217 certificate-expires-soon" in ran.out) is is_said
