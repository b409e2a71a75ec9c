"""Pages that a program makes in the browser: what is served is a shell without a page in it."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sendguard.values import Url
from sendguard.visit.own_text import all_text, nodes_but
from sendguard.visit.says_missing import squeezed
from sendguard.visit.visit import Page

_NEXT_TO_NOTHING = 20  # letters
_LONGEST_EXCUSE = 200  # letters that ask for patience, or for scripts
_MOST_LOOKED_AT = 500


def is_shell(tree: LexborHTMLParser, page: Page, url: Url, own_names: AbstractSet[str]) -> bool:
    """Is there nothing to read until a program has run: no title, no text, nothing to see?

    Args:
        tree: The page, read to its end.
        page: Its facts.
        url: Where it stands. The name of the site is title enough for its front page.
        own_names: What the site may call itself, squeezed.
    """
    names = frozenset[str]() if _is_front(url) else own_names
    if page.cut_short or _has_title(page, names) or not _runs_a_program(tree):
        return False
    text = all_text(tree)
    is_bare = len(text) < _NEXT_TO_NOTHING or (
        len(text) < _LONGEST_EXCUSE and _EXCUSE.search(text) is not None
    )
    return is_bare and (_has_mount(tree) or not _shows_something(tree))


def without_title(page: Page) -> Page:
    """What is left of the facts of a shell: its titles are those of no article."""
    return replace(page, title=None, og_title=None, twitter_title=None, heading=None, headline=None)


def says_nothing(title: str) -> bool:
    """The title is what the tools write that such pages are made with, or asks for patience."""
    return squeezed(title) in _OF_TOOLS


def _is_front(url: Url) -> bool:
    return url.path == "/" and not url.query and not url.fragment.startswith(("/", "!"))


def _has_title(page: Page, own_names: AbstractSet[str]) -> bool:
    titles = (page.og_title, page.title, page.headline, page.heading, page.twitter_title)
    bare = {squeezed(title) for title in titles if title}
    return bool(bare - own_names - _OF_TOOLS - {""})


def _runs_a_program(tree: LexborHTMLParser) -> bool:
    return any(map(_is_program, tree.css("script")[:_MOST_LOOKED_AT]))


def _is_program(script: LexborNode) -> bool:
    kind = (script.attributes.get("type") or "").strip().lower()
    is_code = kind in {"", "module"} or "javascript" in kind
    return is_code and ("src" in script.attributes or bool(script.text(deep=True).strip()))


def _has_mount(tree: LexborHTMLParser) -> bool:
    """An element that waits to be filled, by the name that frameworks give it or by its kind."""
    nodes = (node for node in nodes_but(tree, _UNSEEN) if node.tag != "-text")
    return any("-" in (node.tag or "") or _MOUNT.fullmatch(node.id or "") for node in nodes)


def _shows_something(tree: LexborHTMLParser) -> bool:
    return any(node.tag in _TO_SEE for node in nodes_but(tree, _UNSEEN))


_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg"})
_TO_SEE = frozenset(
    """img picture video audio iframe object embed form input button table canvas frame
    frameset""".split()
)
_EXCUSE = re.compile(
    r"java ?script|\bloading\b|please wait|one moment|wird geladen|chargement|cargando"
    r"|caricamento|carregando|wordt geladen|laddar|ładowanie|загрузка|読み込み|加载",
    re.IGNORECASE,
)
_MOUNT = re.compile(
    r"_*(?:root|app|next|nuxt|gatsby|svelte|ember|react|vue|q-app|mount|spa|webapp)_*"
    r"|(?:app|react|vue|ember|angular)[-_]?(?:root|app|container|mount|wrapper)",
    re.IGNORECASE,
)
_OF_TOOLS = frozenset(
    """reactapp createreactapp reactreduxapp vueapp vuejsapp vitevue vitereact vitereactts vitevuets
    vitesvelte vitesveltets vitepreact vitesolid vitets viteapp vite solidapp preactapp svelteapp
    sveltekit sveltekitapp angularapp angular myapp mywebapp webapp app client frontend nextapp
    createnextapp nextjs nextjsapp nuxt nuxtapp nuxtjs gatsby emberapp ionicapp quasarapp flutterapp
    flutter expoapp expo polymerapp stencilapp parcelapp parcelsandbox webpackapp document untitled
    untitleddocument loading loadingapp pleasewait onemoment chargement cargando caricamento
    carregando wirdgeladen bittewarten""".split()
)
