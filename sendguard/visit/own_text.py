"""The words that a page shows, and those it has to itself, without its menus."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_NODES = 40_000
"""Steps through a page; an error page is smaller, and a page made to be slow must not be."""

_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe"})
_AROUND = _UNSEEN | {"nav", "header", "footer", "aside", "form", "a", "button", "select"}


def all_text(tree: LexborHTMLParser) -> str:
    """Everything that a reader may see, menus too, on one line."""
    return _text(tree, _UNSEEN)


def own_text(tree: LexborHTMLParser) -> str:
    """What is left without menus, links and forms, on one line."""
    return _text(tree, _AROUND)


def nodes_but(tree: LexborHTMLParser, unwanted: frozenset[str]) -> Iterator[LexborNode]:
    """What the page shows, in reading order, but for these elements and what is in them."""
    return _nodes(tree.body, unwanted)


def _text(tree: LexborHTMLParser, unwanted: frozenset[str]) -> str:
    words = (_words(node) for node in _nodes(tree.body, unwanted) if node.tag == "-text")
    return " ".join(filter(None, words))


def _words(node: LexborNode) -> str:
    return " ".join((node.text_content or "").split())


def _nodes(root: LexborNode | None, unwanted: frozenset[str]) -> Iterator[LexborNode]:
    """In reading order, without a recursion that deep nesting could break."""
    waiting = [root] if root is not None else []
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if node.next is not None and node is not root:
            waiting.append(node.next)
        if node.tag in unwanted:
            continue
        yield node
        if node.child is not None:
            waiting.append(node.child)
