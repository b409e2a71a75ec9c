"""Which links of one reader's copy are opened when it is checked for all of them."""

import pytest

from sendguard.flows.in_memory import Shelf
from sendguard.flows.prepare import Prepared, prepare_all
from sendguard.read.campaign import COPY_FOR
from sendguard.visit import Reason

UUID = "8d3f1c7a-1111-4e2b-9a55-0c1d2e3f4a5b"
HEAD = f"""{COPY_FOR}: ada@example.net
Subject: News
List-Unsubscribe: <https://example.org/leave/q9Z8yX7wV6uT5?id=123>
X-Listmonk-Subscriber: 5f2c9a
Content-Type: text/html

"""


def why(path: str) -> Reason | None:
    html = f'<p><a href="https://example.org{path}">Read article</a></p>'
    files = {"campaign.yaml": b"newsletter: x.eml", "x.eml": f"{HEAD}{html}".encode()}
    (ready,) = prepare_all(["x"], Shelf({"x": files}))
    assert isinstance(ready, Prepared)
    return ready.reasons.get(ready.links[0].id)


@pytest.mark.parametrize(
    "path",
    [
        *(f"/account/delete?u={UUID}", "/confirm?id=123", f"/feedback?score=9&amp;c={UUID}"),
        *("/login?token=abcDEF123456ghiJKL789", f"/confirm?u={UUID}"),
    ],
)
def test_what_acts_is_not_opened_without_its_reader_either(path: str) -> None:
    assert why(path) is Reason.ACTS


@pytest.mark.parametrize(
    "path",
    ["/sub/5f2c9a", "/q?e=ada%252540example.net", "/y?k=q9Z8yX7wV6uT5", f"/track/click?r={UUID}"],
)
def test_what_is_one_readers_is_not_opened(path: str) -> None:
    assert why(path) is Reason.PERSONAL


@pytest.mark.parametrize("path", [f"/five-ways?r={UUID}", f"/?u={UUID}", "/track/5"])
def test_what_leads_somewhere_for_all_is_opened(path: str) -> None:
    assert why(path) is None
