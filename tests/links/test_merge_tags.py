"""The tags of real platforms are known; what only looks like one is not."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.links.merge_tags import (
    broken_tag_in,
    has_tag,
    is_system_tag,
    names_site_by_tag,
    stands_for_unsubscribe,
    tags_in,
)

UNSUBSCRIBES = (
    "%unsubscribe_url%",  # Mailgun
    "%mailing_list_unsubscribe_url%",
    "%tag_unsubscribe_url%",
    "%recipient.unsubscribe%",
    "[UNSUBSCRIBEURL]",  # phpList
    "[UNSUBSCRIBE]",
    "[PREFERENCESURL]",
    "[unsubscribe]",  # Campaign Monitor, SendGrid
    "[unsubscribe_link]",
    "[link:unsubscribe]",
    "[link:subscription_unsubscribe_url]",  # MailPoet
    "{{${set_user_to_unsubscribed_url}}}",  # Braze
    "-unsubscribe-",  # SendGrid of old
    "<%asm_group_unsubscribe_raw_url%>",
    "$unsubscribe$",
    "$UNSUBSCRIBE$",
    "*|UNSUB|*",  # Mailchimp
    "http://*|UNSUB|*",
    "http://-unsubscribe-",
    "[[UNSUB_LINK_EN]]",  # Mailjet
    "{!remove_web}",  # AWeber
    "{$unsubscribe}",  # MailerLite
    "{% unsubscribe %}",  # Klaviyo
    "{{ UnsubscribeURL }}",  # listmonk
    "%%unsub_center_url%%",  # Marketing Cloud
    "%UNSUBSCRIBELINK%",  # ActiveCampaign
)
OTHERS_OF_PLATFORMS = ("[FORWARDURL]", "*|ARCHIVE|*", "{{ MessageURL }}", "{% web_view %}")
PERSONAL = (
    "%recipient.name%",
    "%recipient%",
    "{{${first_name}}}",
    "{{custom_attribute.${city} | default: 'you'}}",
    "[firstname,fallback=reader]",
    "[subscriber:firstname | default:reader]",
    "*|FNAME|*",
    "{{ slug }}",
)
NO_TAGS = (
    "https://example.org/it%E2%80%99s%20here",
    "https://example.org/100%25",
    "https://example.org/50%25off_season%25",
    "https://example.org/50%25and%20more%25",
    "https://example.org/%D0%BF%D1%80%D0%B8",
    "https://example.org/how-to-unsubscribe-from-us",
    "https://example.org/-unsubscribe-",
    "https://example.org/?filter[email]=a",
    "https://example.org/?filter%5Bemail%5D=a",
    "https://example.org/a@TrackLink",
    "https://example.org/$5-a-day$",
    "https://[2001:db8::1]/may",
)
each_opening = pytest.mark.parametrize(
    "opening",
    [
        *(
            "[[",
            "[",
            "{",
            "{{",
            "{{${",
            "{%",
            "<%",
            "%%",
            "%",
            "%a_",
            "%a.",
            "*|",
            "*|a",
            "${",
            "$A.",
        ),
        *("$", "##", "##a", "-unsubscribe", "[a,fallback=", "[link:", "%7B%7B", "%7B%25", "*%7C"),
        *("{a ", "{a,", "{a.", "a", "<unsubscribe"),
    ],
)


@pytest.mark.parametrize("tag", [*UNSUBSCRIBES, *OTHERS_OF_PLATFORMS, *PERSONAL])
def test_tag_of_a_platform_is_whole(tag: str) -> None:
    assert has_tag(tag)
    assert tags_in(tag)
    assert broken_tag_in(tag) is None


@pytest.mark.parametrize("tag", [*UNSUBSCRIBES, *OTHERS_OF_PLATFORMS])
def test_platform_fills_in_an_address_of_its_own(tag: str) -> None:
    assert is_system_tag(tag)


@pytest.mark.parametrize("tag", PERSONAL)
def test_tag_about_the_reader_is_no_address_of_the_platform(tag: str) -> None:
    assert not is_system_tag(tag)


@pytest.mark.parametrize("tag", UNSUBSCRIBES)
def test_tag_in_a_page_stands_for_a_way_out(tag: str) -> None:
    assert stands_for_unsubscribe(f'<p><a href="{tag}">Leave</a></p>')


@pytest.mark.parametrize("tag", [*OTHERS_OF_PLATFORMS, *PERSONAL])
def test_other_tag_stands_for_no_way_out(tag: str) -> None:
    assert not stands_for_unsubscribe(f'<p><a href="{tag}">Leave</a></p>')


@pytest.mark.parametrize("address", NO_TAGS)
def test_ordinary_address_holds_no_tag(address: str) -> None:
    assert not has_tag(address)
    assert not tags_in(address)
    assert broken_tag_in(address) is None


def test_tag_inside_an_address_is_found() -> None:
    assert tags_in("https://example.org/may?e=[UNIQID]") == ("[UNIQID]",)


def test_encoded_tag_is_found_though_it_is_broken() -> None:
    assert has_tag("https://example.org/%7B%7Bslug%7D%7D")
    assert broken_tag_in("https://example.org/%7B%7Bslug%7D%7D") == "%7B%7Bslug%7D%7D"


@pytest.mark.parametrize("href", ["http://*|UNSUB|*", "https://{{ site }}/may", "http://%a_b%/"])
def test_site_may_be_a_tag(href: str) -> None:
    assert names_site_by_tag(href)


@pytest.mark.parametrize(
    "href", ["https://example.org/{{ slug }}", "*|UNSUB|*", "http://intranet/"]
)
def test_site_is_no_tag_where_it_is_named(href: str) -> None:
    assert not names_site_by_tag(href)


@each_opening
def test_hostile_text_is_read_at_once(opening: str) -> None:
    text = (opening * 100_000)[:100_000]

    began = process_time()
    for look in (has_tag, tags_in, is_system_tag, broken_tag_in, stands_for_unsubscribe):
        look(text)

    assert process_time() - began < 2


@given(text=st.text(alphabet="[]{}%$*|#<>-_.: aZ7unsub", max_size=80))
def test_what_is_no_tag_at_all_is_no_tag_of_a_platform(text: str) -> None:
    assert has_tag(text) or not is_system_tag(text)
