import mjml
import pytest

from sendguard.links import Link, Role, find_links
from sendguard.read import Brief, Campaign, Medium, Part, Source
from sendguard.values import Lines
from tests.builders import a_campaign


def links_in(html: str, text: str | None = None) -> list[Link]:
    return list(find_links(a_campaign(html, text=text)).links)


def from_mjml(body: str, *, head: str = "", **included: str) -> Campaign:
    main = f"<mjml>{head}\n<mj-body>\n{body}\n</mj-body>\n</mjml>"
    html = mjml.mjml2html(main, fonts={}, include_loader=lambda path: included[path[:-5]])
    files = {"newsletter.mjml": main} | {f"{name}.mjml": text for name, text in included.items()}
    return Campaign(
        path="newsletter.mjml",
        id=None,
        brief=Brief(newsletter="newsletter.mjml"),
        subject=None,
        parts=(Part(medium=Medium.HTML, text=html, lines=Lines.of("newsletter.mjml", html)),),
        sources=tuple(
            Source(name=name, text=text, lines=Lines.of(name, text)) for name, text in files.items()
        ),
        digest="sha256:0",
    )


def in_columns(*elements: str) -> str:
    inside = "\n".join(elements)
    return f"<mj-section>\n<mj-column>\n{inside}\n</mj-column>\n</mj-section>"


def test_every_kind_of_address_is_a_link() -> None:
    html = """
    <a href="https://x.org/a">a</a>
    <map><area href="https://x.org/area" alt="area"></map>
    <form action="https://x.org/form"></form>
    <img src="https://x.org/img.png">
    <td background="https://x.org/td.png"></td>
    <div style="background:url('https://x.org/div.png')"></div>
    <link rel="stylesheet" href="https://x.org/style.css">
    <!--[if mso]><v:roundrect href="https://x.org/vml">Go</v:roundrect><![endif]-->
    <style>b { background: url(https://x.org/css.png) }</style>
    """

    found = {link.href.removeprefix("https://x.org/") for link in links_in(html)}

    expected = {"a", "area", "form", "img.png", "td.png", "div.png", "style.css", "vml", "css.png"}
    assert found == expected


def test_what_is_loaded_is_a_resource_and_not_a_link_to_follow() -> None:
    image, anchor = links_in('<img src="https://x.org/i.png"><a href="https://x.org/">a b c</a>')

    assert (image.role, anchor.role) == (Role.RESOURCE, Role.ARTICLE)


def test_a_link_inside_an_ordinary_comment_is_no_link() -> None:
    assert links_in('<!-- <a href="https://x.org/">old</a> -->') == []


def test_a_named_anchor_is_no_link() -> None:
    assert links_in('<a name="top"></a>') == []


def test_words_that_invite_a_click_are_a_link_even_without_an_address() -> None:
    (link,) = links_in('<a herf="https://x.org/a">Read more</a>')

    assert (link.href, link.label) == ("", "Read more")


def test_place_is_where_the_tag_opens_counted_from_one() -> None:
    (link,) = links_in('<p>\n  <a\n href="https://x.org/">a</a>')

    assert str(link.place) == "newsletter.html:2:3"


def test_place_in_outlooks_comment_is_its_own() -> None:
    html = '<p>\n<!--[if mso]>\n<v:rect href="https://x.org/">Go</v:rect><![endif]--></p>'

    (link,) = links_in(html)

    assert str(link.place) == "newsletter.html:3:1"


def test_offset_is_where_the_element_begins_in_its_part() -> None:
    html, text = '<p>See</p>\n<a href="https://x.org/">x</a>', "Hello\nhttps://y.org"

    found = [(link.part, link.offset) for link in links_in(html, text)]

    assert found == [(0, html.index("<a")), (1, text.index("https"))]


def test_links_are_numbered_in_reading_order_the_text_part_last() -> None:
    html = '<a href="https://x.org/1">one</a><a href="https://x.org/2">two</a>'

    links = links_in(html, text="See https://x.org/3.")

    assert [(link.id, link.href[-1]) for link in links] == [("L1", "1"), ("L2", "2"), ("L3", "3")]


def test_label_is_the_alt_text_of_an_image_without_words() -> None:
    link, _ = links_in('<a href="https://x.org/a"><img src="https://x.org/i" alt="A ship"></a>')

    assert (link.label, link.role) == ("A ship", Role.IMAGE)


def test_relative_addresses_are_resolved_against_base() -> None:
    html = '<head><base href="https://x.org/news/"></head><a href="42">Forty-two</a>'

    (link,) = links_in(html)

    assert link.url is not None
    assert link.url.text == "https://x.org/news/42"


def test_listmonks_mark_is_no_part_of_the_address() -> None:
    (link,) = links_in('<a href="https://x.org/a@TrackLink">A ship of two hulls</a>')

    assert link.url is not None
    assert link.url.text == "https://x.org/a"


def test_a_form_acts() -> None:
    (link,) = links_in('<form action="https://x.org/vote"><button>Yes</button></form>')

    assert link.acts


def test_a_tracking_pixel_acts() -> None:
    (link,) = links_in('<img src="https://x.org/seen" width="1" height="1">')

    assert link.acts


@pytest.mark.parametrize(
    ("html", "headline"),
    [
        ("<td><h2>A ship</h2><p>It sailed.</p>{link}</td>", "A ship"),
        ("<td><p>{link}</p><h2>A ship</h2><p>It sailed.</p></td>", "A ship"),
        ("<h2>A ship</h2><p>It sailed.</p>{link}<h2>A tree</h2>", "A ship"),
        ('<div style="font-size:22px">A ship</div><div>{link}</div>', "A ship"),
        ("<tr><td><h3>A ship</h3></td></tr><tr><td>{link}</td></tr>", "A ship"),
        (
            "<tr><td><h3>A tree</h3></td><td>{link}<h3>A ship</h3></td></tr>",
            "A ship",
        ),
    ],
)
def test_the_story_is_the_block_around_the_link(html: str, headline: str) -> None:
    links = links_in(html.format(link='<a href="https://x.org/ship">Read more</a>'))

    story = next(link.story for link in links if link.href == "https://x.org/ship")

    assert story is not None
    assert story.headline == headline


def test_the_words_of_a_story_reach_to_where_another_headline_stands() -> None:
    story = (
        '<table><tr><td><h2><a href="https://x.org/{0}">A {0}</a></h2></td></tr>'
        "<tr><td><p>The {0} sailed.</p></td></tr></table>"
    )

    links = links_in(story.format("ship") + story.format("raft"))

    assert [link.story.words for link in links if link.story] == [
        "The ship sailed.",
        "The raft sailed.",
    ]


def test_a_link_before_several_stories_belongs_to_none() -> None:
    html = '<a href="https://x.org/">Read more</a><h2>A ship</h2><h2>A tree</h2>'

    (link,) = links_in(html)

    assert link.story is None


@pytest.mark.parametrize(
    ("label", "href", "role"),
    [
        ("Unsubscribe", "https://x.org/u/1", Role.UNSUBSCRIBE),
        ("hier abmelden", "https://x.org/u/1", Role.UNSUBSCRIBE),
        ("Se désabonner", "https://x.org/u/1", Role.UNSUBSCRIBE),
        ("here", "*|UNSUB|*", Role.UNSUBSCRIBE),
        ("Manage your preferences", "https://x.org/p", Role.PREFERENCES),
        ("View this email in your browser", "https://x.org/w", Role.WEB_VERSION),
        ("Write to us", "mailto:a@x.org", Role.MAIL),
        ("Call", "tel:+15551234", Role.PHONE),
        ("Contents", "#contents", Role.ANCHOR),
        ("Follow us on LinkedIn", "https://www.linkedin.com/company/x", Role.SOCIAL),
        ("How to fold a map", "https://www.youtube.com/watch?v=1", Role.ARTICLE),
        ("Leave", "{!remove_web}", Role.UNSUBSCRIBE),
        ("Facebook", "*|FACEBOOK:PROFILEURL|*", Role.SOCIAL),
        ("Privacy policy", "https://x.org/privacy", Role.NAVIGATION),
        ("How to unsubscribe from everything in one afternoon", "https://x.org/a", Role.ARTICLE),
        ("Why users unsubscribe", "https://x.org/why-users-unsubscribe-now", Role.ARTICLE),
        ("Voter preferences shift", "https://x.org/2026/voter-preferences-shift", Role.ARTICLE),
        ("Unsubscribe from this list", "https://x.org/leave-the-list", Role.UNSUBSCRIBE),
        ("Unsubscribe me from Maps", "https://x.org/u/7f3a9c", Role.UNSUBSCRIBE),
        ("Astro 7, opt out of session support", "https://x.org/blog/astro-7", Role.ARTICLE),
        ("Opt out of these emails", "https://x.org/u/7f3a", Role.UNSUBSCRIBE),
        ("Opt out of all future mailings", "https://x.org/u/7f3a", Role.UNSUBSCRIBE),
        ("To unsubscribe from these emails, click here", "https://x.org/u/7f3a", Role.UNSUBSCRIBE),
        ("Don't want these emails?", "https://x.org/u/7f3a", Role.UNSUBSCRIBE),
        ("Um sich abzumelden, klicken Sie hier", "https://x.org/u/7f3a", Role.UNSUBSCRIBE),
        ("Désabonnez-vous", "https://x.org/u/7f3a", Role.UNSUBSCRIBE),
        ("Klik hier om u af te melden", "https://x.org/u/7f3a", Role.UNSUBSCRIBE),
        ("メルマガ解除", "https://x.org/u/7f3a", Role.UNSUBSCRIBE),
        ("here", "https://x.org/abmelden/7f3a", Role.UNSUBSCRIBE),
        ("here", "https://x.org/?action=unsubscribe&id=7", Role.UNSUBSCRIBE),
        ("Lire la suite", "https://x.org/a", Role.BUTTON),
        ("続きを読む", "https://x.org/a", Role.BUTTON),
        ("→", "https://x.org/a", Role.BUTTON),
        ("The year in maps", "https://x.org/a", Role.ARTICLE),
    ],
)
def test_role_is_told_by_label_and_address(label: str, href: str, role: Role) -> None:
    (link,) = links_in(f'<p>Some words <a href="{href}">{label}</a></p>')

    assert link.role is role


@pytest.mark.parametrize("front", ["To unsubscribe,", "Zum Abbestellen", "Para darse de baja"])
def test_a_mere_here_is_told_by_the_words_that_lead_up_to_it(front: str) -> None:
    (link,) = links_in(f'<p>{front} <a href="https://x.org/u/7f3a">click here</a>.</p>')

    assert link.role is Role.UNSUBSCRIBE


def test_short_links_in_a_row_are_navigation() -> None:
    row = " | ".join(f'<a href="https://x.org/{n}">{n}</a>' for n in ("News", "Shop", "Jobs"))

    assert {link.role for link in links_in(f"<p>{row}</p>")} == {Role.NAVIGATION}


def test_places_of_built_links_are_those_of_the_mjml() -> None:
    campaign = from_mjml(in_columns('<mj-button href="https://x.org/a">Read</mj-button>'))

    (link,) = find_links(campaign).links

    assert str(link.place) == "newsletter.mjml:5:1"


def test_equal_addresses_keep_their_own_places() -> None:
    button = '<mj-button href="https://x.org/a">Read</mj-button>'

    links = find_links(from_mjml(in_columns(button, button))).links

    assert [link.place.line for link in links] == [5, 6]


def test_places_of_included_links_are_in_the_included_file() -> None:
    body = in_columns('<mj-include path="card.mjml" />')
    campaign = from_mjml(body, card='\n<mj-button href="https://x.org/a">Read</mj-button>')

    (link,) = find_links(campaign).links

    assert str(link.place) == "card.mjml:2:1"


def test_a_link_of_a_misspelt_element_is_lost() -> None:
    campaign = from_mjml(in_columns('<mj-buton href="https://x.org/a">Read</mj-buton>'))

    found = find_links(campaign)

    assert found.links == ()
    assert [(lost.element, lost.place.line) for lost in found.lost] == [("mj-buton", 5)]


def test_a_button_without_an_address_is_lost() -> None:
    (lost,) = find_links(from_mjml(in_columns("<mj-button>Read</mj-button>"))).lost

    assert (lost.label, lost.href) == ("Read", "")


def test_a_button_may_take_its_address_from_the_attributes_of_all() -> None:
    head = '<mj-head><mj-attributes><mj-button href="https://x.org/a" /></mj-attributes></mj-head>'
    campaign = from_mjml(in_columns("<mj-button>Read</mj-button>"), head=head)

    found = find_links(campaign)

    assert [(link.href, link.place.line) for link in found.links] == [("https://x.org/a", 5)]
    assert found.lost == ()


def test_no_link_of_a_sound_newsletter_is_lost() -> None:
    body = in_columns(
        '<mj-image src="https://x.org/i.png" href="https://x.org/i?a=1&amp;b=2" alt="A" />',
        '<mj-text><a href="https://x.org/t">Words &amp; words</a></mj-text>',
        '<mj-social><mj-social-element name="facebook" href="https://x.org/f" /></mj-social>',
        '<mj-navbar base-url="https://x.org"><mj-navbar-link href="/n" /></mj-navbar>',
    )

    assert find_links(from_mjml(body)).lost == ()


def test_an_icon_and_its_words_are_one_link_that_knows_both_places() -> None:
    web = '<mj-social-element name="web" href="https://x.org/a">Go</mj-social-element>'
    text = '<mj-text><a href="https://x.org/a">Go</a></mj-text>'
    campaign = from_mjml(in_columns(f"<mj-social>{web}</mj-social>", text))

    icon, plain = (link for link in find_links(campaign).links if link.element == "a")

    html = campaign.parts[0].text
    begins = [html[at:].startswith("<a") for at in (icon.offset, *icon.also, plain.offset)]
    assert begins == [True, True, True]
    assert plain.also == ()
