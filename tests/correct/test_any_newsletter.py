"""Any newsletter, repaired anywhere: exactly the chosen links change, and that is proven."""

from dataclasses import replace
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from sendguard.correct.asked import Asked
from sendguard.correct.plan import Plan, plan_repairs
from sendguard.correct.proof import prove
from sendguard.correct.repair import repair
from sendguard.links import Link, find_links
from sendguard.read import Campaign, read_campaign
from tests.builders import a_campaign

RIGHT = "https://right.example/'?a=1&b=(2)"
PAGES = ("https://x.org/a", "https://x.org/ab", "https://x.org/a?p=1&q=2", "HTTPS://X.org/a", "/a")
ADDRESSES = st.sampled_from(PAGES)


@st.composite
def an_attribute(draw: st.DrawFn) -> str:
    """An address in an attribute, in one of the ways in which people and programs write it."""
    address = draw(ADDRESSES)
    spelt = draw(st.sampled_from([address, escape(address), address.replace("&", "&#38;")]))
    name = draw(st.sampled_from(["href", "HREF", "href ", 'title="href=1" href']))
    form = draw(st.sampled_from(['{}="{}"', "{}='{}'", "{}={} ", '{} = "\n{} "']))
    return form.format(name, spelt)


@st.composite
def a_piece(draw: st.DrawFn) -> str:
    """A part of a newsletter with a link or a headline in it."""
    attribute, words = (
        draw(an_attribute()),
        draw(st.sampled_from(["Go", "A ship", draw(ADDRESSES)])),
    )
    return draw(
        st.sampled_from(
            [
                f"<a {attribute}>{words}</a>",
                f'<a {attribute}><img src="i.png" alt="{words}"></a>',
                f"<A class=button {attribute}>{words}</A>",
                f"<!--[if mso]><v:roundrect {attribute}>{words}</v:roundrect><![endif]-->",
                f"<map><area {attribute} alt='{words}'></map>",
                f"<h2>{words} &amp; more</h2>",
                f"<td><!-- {attribute} --><p>{words}",
                f"</td></div><div><b>{attribute}</b>",
            ]
        )
    )


HTML = st.lists(a_piece(), min_size=1, max_size=12).map("\n".join)
TEXT = st.lists(st.tuples(st.sampled_from(["A ship", "Go", "See"]), ADDRESSES), max_size=4).map(
    lambda lines: "".join(f"{words}: {address}.\n" for words, address in lines)
)


def chosen(campaign: Campaign, number: int, *, everywhere: bool) -> Plan | None:
    links = find_links(campaign).links
    followed = [link for link in links if link.element != "img"]
    if not followed:
        return None
    wanted = Asked(followed[number % len(followed)].id, RIGHT)
    return plan_repairs(campaign, links, [wanted], everywhere=everywhere)


def addresses(campaign: Campaign) -> list[tuple[str, str]]:
    return [(link.element, link.href) for link in find_links(replace(campaign, sources=())).links]


def is_right(link: Link) -> bool:
    return link.href.startswith("https://right.example/")


@given(html=HTML, text=TEXT, number=st.integers(0, 20), everywhere=st.booleans())
def test_exactly_the_chosen_links_change(
    html: str,
    text: str,
    number: int,
    everywhere: bool,  # noqa: FBT001 - drawn
) -> None:
    campaign = a_campaign(html, text=text)
    plan = chosen(campaign, number, everywhere=everywhere)
    if plan is None:
        return

    done = repair(campaign, plan.repairs)

    before, after = find_links(campaign).links, find_links(done.campaign).links
    changed = {repair.place.id for repair in plan.repairs}
    assert len(before) == len(after)
    assert {link.id for link in after if is_right(link)} == changed
    kept = [(old.href, new.href) for old, new in zip(before, after, strict=True)]
    assert all(old == new for old, new in kept if not new.startswith("https://right."))
    assert prove(campaign, done.campaign, done).problems == ()


@st.composite
def an_element(draw: st.DrawFn) -> str:
    """An element of MJML with a link."""
    address, words = escape(draw(ADDRESSES)), draw(st.sampled_from(["Go", "A ship", "Read on"]))
    return draw(
        st.sampled_from(
            [
                f'<mj-button href="{address}">{words}</mj-button>',
                f"<mj-button color='red'>{words}</mj-button>",
                f'<mj-image src="https://x.org/i.png" href="{address}" alt="{words}" />',
                f'<mj-text><h2>{words}</h2><a class="b" href="{address}">{words}</a></mj-text>',
                (
                    "<mj-social><mj-social-element "
                    f'name="web" href="{address}">{words}</mj-social-element></mj-social>'
                ),
            ]
        )
    )


@given(elements=st.lists(an_element(), min_size=1, max_size=8), number=st.integers(0, 20))
def test_repaired_mjml_is_built_into_the_repaired_html(elements: list[str], number: int) -> None:
    head = '<mj-head><mj-attributes><mj-button href="https://x.org/a" /></mj-attributes></mj-head>'
    columns = "".join(
        f"<mj-section><mj-column>{one}</mj-column></mj-section>\n" for one in elements
    )
    campaign = built(f"<mjml>{head}<mj-body>{columns}</mj-body></mjml>")
    plan = chosen(campaign, number, everywhere=False)
    assert plan

    done = repair(campaign, plan.repairs)

    assert done.by_hand == ()
    assert addresses(built(done.campaign.sources[0].text)) == addresses(done.campaign)
    assert prove(campaign, replace(done.campaign, sources=()), done).problems == ()


def built(mjml: str) -> Campaign:
    return read_campaign("", {"n.mjml": mjml.encode()}, name="n.mjml", id=None)
