"""A draft with every kind of link that acts: the real program asks for none of them."""

import base64
import json
from pathlib import Path
from urllib.parse import quote

import yaml

from tests.journeys.program import sendguard
from tests.servers import moved, site, titled

HOST = "http://navigator.example"
HEADERS = f"""From: The Navigator <letters@navigator.example>
To: Ada <ada@readers.example>
Subject: Ships
List-Unsubscribe: <mailto:leave@navigator.example>, <{HOST}/h/8f14e45f>, <{HOST}/h/two>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

"""
BY_HEADER = {"/h/8f14e45f": "More of this", "/h/two": "And of this"}
BY_ADDRESS = (
    *("/unsubscribe/77", "/email-preferences?u=1", "/opt-out?id=5", "/oneclick/8d3f1c7a9e"),
    *("/confirm/8d3f1c7a9e", "/verify?code=123456", "/activate/8d3f1c7a9e", "/events/may/rsvp"),
    *("/vote/12/yes", "/poll/8d3f1c7a9e/2", "/feedback/9a8b7c6d5e/good", "/like/1?u=8d3f1c7a"),
    *("/cart/add?id=4", "/buy/now?confirm=1", "/pay?invoice=4", "/delete/4", "/logout"),
    *("/login?token=8d3f1c7a9e", "/checkout?add=17", "/abmelden/77", "/desabonnement?id=1"),
    *("/un%2573ubscribe/77", "/?action=unsubscribe&id=7", "/leave?id=77", "/?newsletter=off"),
)
BY_LABEL = (
    *("Unsubscribe", "Manage your preferences", "Confirm your subscription", "Vote now"),
    *("Newsletter abbestellen", "Se désabonner", "Date de baja", "Disiscriviti"),
    *("Cancelar a subscrição", "Schrijf je uit", "Avregistrera dig här", "Afmeld nyhedsbrev"),
    *("Wypisz się", "Odhlásit odběr", "配信停止はこちら", "Отписаться", "Abonelikten çık"),
    *("取消订阅", "👍", "★★★☆☆", "Love it!", "😞"),
)
REDIRECTED = {
    "/go/1": "/unsubscribe/redirected",
    "/go/2": "/h/two",
    "/go/3": f"http://l.facebook.com/l.php?u={quote(f'{HOST}/confirm/redirected1', safe='')}",
}


def in_base64(address: str) -> str:
    return base64.urlsafe_b64encode(address.encode()).decode().rstrip("=")


def wrapped(address: str) -> list[str]:
    encoded = quote(address, safe="")
    return [
        f"http://nam01.safelinks.protection.outlook.com/?url={encoded}&data=05",
        f"http://click.convertkit-mail2.com/a/b/{in_base64(address)}",
        f"http://substack.com/redirect/2/{in_base64(json.dumps({'e': address}))}.x",
        f"http://www.google.com/url?q={encoded}",
    ]


def newsletter() -> str:
    acting = [
        *((f"{HOST}{path}", label) for path, label in BY_HEADER.items()),
        *((f"{HOST}{path}", "Go on") for path in BY_ADDRESS),
        *((f"{HOST}/o/{n}f8d3e1c7", label) for n, label in enumerate(BY_LABEL)),
        *((address, "Go on") for address in wrapped(f"{HOST}/unsubscribe/wrapped")),
        *((f"{HOST}{path}", "Go on") for path in REDIRECTED),
    ]
    links = "".join(f'<p><a href="{href}">{label}</a></p>' for href, label in acting)
    article = f'<p><a href="{HOST}/stories/ships">A ship of two hulls</a></p>'
    through = wrapped(f"{HOST}/stories/trees")[1]
    return f'{article}{links}<p><a href="{through}">The tree of all trees</a></p>'


async def test_none_of_fifty_links_that_act_is_asked_for(tmp_path: Path) -> None:
    pages = {
        "/stories/ships": titled("A ship of two hulls"),
        "/stories/trees": titled("The tree of all trees"),
        **{path: moved(to) for path, to in REDIRECTED.items()},
    }
    async with site(pages) as web:
        config = {"connect_to": {"*:80": f"127.0.0.1:{web.port}"}, "timeout_s": 5}
        (tmp_path / "config.yaml").write_text(yaml.safe_dump({"visit": config}), "utf-8")
        (tmp_path / "issue.eml").write_text(HEADERS + newsletter(), "utf-8")

        ran = await sendguard("check", "issue.eml", "--format", "json", here=tmp_path)

    links = json.loads(ran.out)["newsletters"][0]["links"]
    unopened = [link for link in links if link["visit"]["trouble"] == "acts"]
    assert sorted(web.asked) == ["/go/1", "/go/2", "/go/3", "/stories/ships", "/stories/trees"]
    assert len(unopened) == len(links) - len(REDIRECTED) - 2
    assert len(unopened) >= 50


async def test_what_lies_behind_a_redirect_that_acts_is_no_alarm(tmp_path: Path) -> None:
    pages = {path: moved(to) for path, to in REDIRECTED.items()}
    async with site(pages) as web:
        config = {"connect_to": {"*:80": f"127.0.0.1:{web.port}"}, "timeout_s": 5}
        (tmp_path / "config.yaml").write_text(yaml.safe_dump({"visit": config}), "utf-8")
        footer = f'<a href="{HOST}/unsubscribe/7">Unsubscribe</a> <a href="{HOST}/go/1">here</a>'
        (tmp_path / "issue.html").write_text(f"<p>Goodbye. {footer}</p>", "utf-8")

        ran = await sendguard("check", "issue.html", here=tmp_path)

    assert ran.code == 0
    assert "2 never opened" in ran.out
