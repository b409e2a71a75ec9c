"""HTML cut into its text and its markup, for copies of one campaign to be laid side by side."""

import re


def cut(html: str) -> list[str]:
    """Runs of text at even places, pieces of markup at odd ones; joined, they are `html` again.

    There is one run more than there are pieces of markup: two pieces without text between them have
    an empty run there. A piece of markup is a tag, a comment, a doctype, or a style sheet or script
    from its first tag to its last. What only Outlook shows (`<!--[if mso]>` …) is cut like the
    rest; the marks around it are pieces of their own. Markup without an end reaches to the end.

    Source:
        HTML, section 13.2.5 (tokenization): a quote counts only behind a `=`.
    """
    return _MARKUP.split(html)


# Whatever is left open runs to the end, so that nothing is looked for twice.
_MARKUP = re.compile(
    r"(<!--\[if[^\]>]{0,200}+\]>"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<style(?=[\s/>]).*?(?:</style[^>]*+(?:>|\Z)|\Z)"
    r"|<script(?=[\s/>]).*?(?:</script[^>]*+(?:>|\Z)|\Z)"
    r"|</?[a-z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
