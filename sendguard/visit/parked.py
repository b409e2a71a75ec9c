"""Parked domains: nobody uses them, and their owners sell them or fill them with advertisements."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from sendguard.values import Url
from sendguard.visit.acting_words import folded
from sendguard.visit.visit import Hop, Page

THIN = 150
"""Words of its own; a parked domain has fewer, an article about the trade has more."""

_MARKETS = (
    *("afternic.com", "atom.com", "buydomains.com", "dan.com", "domainmarket.com", "efty.com"),
    *("hugedomains.com", "sedo.com", "undeveloped.com", "uniregistry.com", "domaineasy.com"),
    *("brandbucket.com", "godaddy.com", "namebright.com", "porkbun.com", "dynadot.com"),
)
_FILLERS = (
    *("sedoparking.com", "parkingcrew.net", "bodis.com", "bodiscdn.com", "parklogic.com"),
    *("skenzo.com", "cashparking.com", "domainsponsor.com", "rookdns.com", "dsparking.com"),
    *("parking-lander", "parkingpage.namecheap.com", "d1lxhc4jvstzrp.cloudfront.net"),
    *("voodoo.com", "above.com", "ztomy.com", "sedo.com", "dan.com", "afternic.com"),
    *("hugedomains.com", "namebright.com", "parking.reg.ru", "parked-content.godaddy.com"),
)
_RAW = tuple(name.encode() for name in _FILLERS)
_LOADING = "script[src], iframe[src], frame[src], img[src], link[href], form[action], a[href]"
_MOST_LOADED = 300
_LOOKED_AT = 32 * 1024  # such a page is small
_ROUNDABOUT = re.compile(r"ww\d{1,3}\.")
_LANDER = re.compile(rb"location(?:\.href)?\s?=\s?[\"']/lander\b")


def parked_signs(
    tree: LexborHTMLParser, raw: bytes, page: Page, hops: Sequence[Hop]
) -> tuple[str, ...]:
    """What shows that the domain of a link is parked; empty for nearly all pages.

    The words of a page that is about domain names count for nothing: `own_words` have to be
    few beside these signs.

    Args:
        tree: The page.
        raw: The same as it came.
        page: Its facts.
        hops: How it was reached. A link that was written to a market of domains is none.
    """
    asked, landed = hops[0].url, hops[-1].url
    if page.headline or _is_under(asked.host, _MARKETS) or _is_about_domains(asked):
        return ()
    return (
        *_in_redirect(asked, landed),
        *_in_words(page, (asked, landed)),
        *_in_markup(tree, raw),
    )


def _in_redirect(asked: Url, landed: Url) -> Iterator[str]:
    name = _name(asked)
    if _is_under(landed.host, _MARKETS) and name in landed.text.partition(landed.host)[2]:
        yield f"it was sent on to {landed.host}, where domain names are sold"
        yield f"the address there names {asked.host.removeprefix('www.')}"
    if _ROUNDABOUT.match(landed.host) and _name(landed) == name and asked.host != landed.host:
        yield f"it was sent on to {landed.host}, as it is done with parked domains"


def _in_words(page: Page, ends: tuple[Url, Url]) -> Iterator[str]:
    hosts = {folded(url.host.removeprefix("www.")) for url in ends}
    for what, text in (("title", page.title), ("heading", page.heading)):
        words = folded((text or "")[:300])
        if any(_offers(words, host) for host in hosts):
            yield f"its {what} says “{text}”"
            return


def _offers(words: str, host: str) -> bool:
    if words in _offerings() or any(words.endswith(f" {saying}") for saying in _whole()):
        return True
    about_host = words.replace(host, "", 1).strip() if host in words else None
    return about_host is not None and about_host in _of_host()


def _in_markup(tree: LexborHTMLParser, raw: bytes) -> Iterator[str]:
    if _LANDER.search(raw[:4_000]):
        yield "it does nothing but jump to /lander, as parked domains do"
    low = raw[:_LOOKED_AT].lower()
    if not any(name in low for name in _RAW):
        return
    for node in tree.css(_LOADING)[:_MOST_LOADED]:
        attributes = node.attributes
        where = attributes.get("src") or attributes.get("href") or attributes.get("action") or ""
        filler = _filler(where[:500].lower())
        if filler:
            yield f"it takes its content from {filler}, which fills domains that nobody uses"
            return


def _filler(where: str) -> str | None:
    if "parking-lander" in where:
        return "GoDaddy's parking"
    host = (Url.parse(f"https:{where}" if where.startswith("//") else where) or _NOWHERE).host
    return next((name for name in _FILLERS if _is_under(host, (name,))), None)


def _is_about_domains(url: Url) -> bool:
    words = set(folded(url.path[:500]).split())
    return "domain" in words or "domains" in words


def _is_under(host: str, owners: Sequence[str]) -> bool:
    return any(host == owner or host.endswith(f".{owner}") for owner in owners)


def _name(url: Url) -> str:
    """`example` of `www.example.org`; of few letters it would stand in any address."""
    labels = url.host.removeprefix("www.").split(".")
    name = labels[-2] if len(labels) > 1 else labels[0]
    return name if len(name) > 3 else url.host


@cache
def _offerings() -> frozenset[str]:
    return _lines(_OFFERS) | _whole()


@cache
def _whole() -> frozenset[str]:
    return _lines(_THIS_DOMAIN)


@cache
def _of_host() -> frozenset[str]:
    return _lines(_HOST_IS)


def _lines(text: str) -> frozenset[str]:
    return frozenset(folded(line) for line in text.replace("\n", ",").split(",")) - {""}


_NOWHERE = Url("https://none.invalid/")
_OFFERS = """
    domain for sale, domain name for sale, parked domain name, premium domain for sale
    buy this domain, domain is for sale
    domain zu verkaufen, domain steht zum verkauf, nom de domaine à vendre, dominio en venta
    dominio in vendita, domínio à venda, domein te koop, domeinnaam te koop
"""
_THIS_DOMAIN = """
    this domain is for sale, this domain name is for sale, this domain may be for sale
    this domain could be for sale, this domain is available for sale, the domain is for sale
    this domain is parked, this domain has expired, this domain name has expired
    buy this domain name, buy this domain now, this domain is parked free courtesy of godaddy com
    diese domain steht zum verkauf, diese domain kaufen, ce domaine est à vendre
    ce nom de domaine est à vendre, este dominio está en venta, este dominio está a la venta
    questo dominio è in vendita, este domínio está à venda, deze domeinnaam is te koop
    dit domein is te koop, denna domän är till salu, domenet er til salgs, dette domæne er til salg
    ta domena jest na sprzedaż, domena jest na sprzedaż, tato doména je na prodej
    этот домен продается, домен продается, このドメインは売りに出されています, 此域名出售, 域名出售
"""
_HOST_IS = """
    is for sale, for sale, domain for sale, may be for sale, is available for purchase
    is available for sale, domain name for sale, domain is for sale, the domain name is for sale
    is parked, domain is parked, the domain is for sale, domain name is for sale
    steht zum verkauf, est à vendre, está en venta, è in vendita, está à venda, is te koop
    is expired, has expired
"""
