"""What is secret is neither shown nor complained about, wherever it was written."""

import json
import traceback
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.config import Config, Sourced, read_config
from sendguard.config.hiding import without_password, without_token
from sendguard.config.in_force import in_force, in_words
from sendguard.config.section import keys_of
from sendguard.errors import BadConfig

PLANTED = "hunter2"
FILE = f"""
database: postgresql://ada:{PLANTED}@db.example/sendguard
visit:
  proxy: http://ada:{PLANTED}@proxy.example:3128
notify:
- json://ada:{PLANTED}@hooks.example/{PLANTED}?key={PLANTED}
- tgram://{PLANTED}/12345
- slack://{PLANTED}/b/c
smtp:
  user: ada
  password: {PLANTED}
"""


def test_what_is_shown_holds_no_secret() -> None:
    sourced = read_config(FILE, {})

    shown = [(setting.key, in_words(setting.value)) for setting in in_force(sourced)]

    assert PLANTED not in f"{shown}"
    assert ("smtp.password", "********") in shown
    assert ("database", "postgresql+psycopg://ada:********@db.example/sendguard") in shown
    assert ("visit.proxy", "http://ada:********@proxy.example:3128") in shown
    assert (
        "notify",
        "[json://hooks.example/********, tgram://********, slack://********]",
    ) in shown


def test_a_config_that_is_printed_by_mistake_shows_no_secret() -> None:
    sourced = read_config(FILE, {})

    assert PLANTED not in f"{sourced} {sourced.config!r} {sourced.config}"


def test_whatever_is_called_a_secret_is_marked_as_one() -> None:
    telling = ("password", "secret", "token", "notify", "database", "proxy")
    named = [field for path, field in keys_of(Config) if path[-1].endswith(telling)]

    assert len(named) == 5
    assert not any(field.repr for field in named)


@pytest.mark.parametrize(
    "text",
    [
        f"smtp: {{password:{PLANTED}}}",
        f"smtp: {{password={PLANTED}}}",
        f"smtp:\n  password:{PLANTED}",
        f"smtp:\n  user: ada\n  password:{PLANTED}\n",
        f"smtp:\n  password:{PLANTED}\n  user: ada\n",
        f"smtp: {{password: !{PLANTED}}}",
        f"smtp:\n  password: !{PLANTED}",
        f"smtp:\n  password: !{PLANTED}!x",
        f"smtp:\n  password: *{PLANTED}",
        f"smtp:\n  password: &{PLANTED}",
        f"smtp:\n  password: [{PLANTED}]",
        f"smtp:\n  password: {{{PLANTED}: {PLANTED}}}",
        f'smtp:\n  password: "\\{PLANTED}"',
        f'smtp:\n  password: "\\0{PLANTED}"',
        f"smtp:\n  password: @{PLANTED}",
        f"smtp:\n  password: '{PLANTED}",
        f"smtp:\n  password: |{PLANTED}",
        f"smtp:\n  password: {PLANTED}: x",
        f"smtp:\n  pasword: {PLANTED}",
        f"password: {PLANTED}",
        f"smtp: {PLANTED}",
        f"smtp: [{PLANTED}]",
        f"smtp: {{port: {PLANTED}, host: 'ada:{PLANTED}@mail', security: {PLANTED}}}",
        f"database: mysql://ada:{PLANTED}@db/x",
        f"database: {PLANTED}",
        f"database: {PLANTED}@db",
        f"database: postgresql://ada:{PLANTED}@db:{PLANTED}/x",
        f"notify: {PLANTED}",
        f"notify: [{PLANTED}]",
        f"notify: {{'json://a/{PLANTED}': x}}",
        f"notify: ['json://a/{PLANTED}': x]",
        f"log: {PLANTED}",
        PLANTED,
        f"%TAG !{PLANTED}! x\n%TAG !{PLANTED}! x\n---\nlog: !{PLANTED}!a b",
    ],
)
def test_no_complaint_about_the_file_repeats_a_secret(text: str) -> None:
    with pytest.raises(BadConfig) as raised:
        Config.parse(text, {})

    assert PLANTED not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize(
    "name",
    "DATABASE NOTIFY SMTP__PORT SMTP__HOST LOG WATCH__LISTEN KEEP__RUNS_DAYS X".split(),
)
@pytest.mark.parametrize("form", ["{}", "[{}]", "!{}", "*{}", "x://{}:{}@{}:{}/", "{}: [", "\0{}"])
def test_no_complaint_about_a_variable_repeats_what_it_holds(name: str, form: str) -> None:
    text = form.replace("{}", PLANTED)
    try:
        Config.parse("", {f"SENDGUARD_{name}": text})
    except BadConfig as error:
        assert PLANTED not in str(error)  # noqa: PT017 - some of it can be obeyed


@given(st.text(max_size=20) | st.text("@:/?#&=;key", max_size=20))
def test_no_password_is_shown_whatever_it_is_made_of(password: str) -> None:
    shown = without_password(f"postgresql://ada:{password}@db/sendguard")

    assert shown == "postgresql://ada:********@db/sendguard"


@given(st.text("@:/?#&=;.a", max_size=20))
def test_nothing_of_a_password_is_shown_of_an_address_to_tell(written: str) -> None:
    shown = without_token(f"json://ada:hunt{written}er2@hooks.example/x")

    assert shown in {"json://********", "json://hooks.example/********"}


@pytest.mark.parametrize("piece", ["?pass", "@", ":", "//", "&key", "a"])
def test_hiding_takes_no_longer_than_reading(piece: str) -> None:
    address = piece * 50_000
    began_s = process_time()

    without_password(address)
    without_token(f"json://{address}")

    assert process_time() - began_s < 2


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sqlite:///a@b.db", "sqlite:///a@b.db"),
        (
            "postgresql:///x?host=/run&password=hunter2",
            "postgresql:///x?host=/run&password=********",
        ),
        ("postgresql://ada:hunt@er2@db/x", "postgresql://ada:********@db/x"),
        ("postgresql://ada@db/x", "postgresql://********@db/x"),
        ("ada:hunter2@proxy:3128", "ada:********@proxy:3128"),
        ("http://proxy:3128", "http://proxy:3128"),
        ("http://[::1]:3128/", "http://[::1]:3128/"),
        ("http://ada:hunter2", "http://********"),
        ("hunter 2", "********"),
    ],
)
def test_only_the_password_of_an_address_is_hidden(address: str, shown: str) -> None:
    assert without_password(address) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://hooks.slack.com/services/T0/B0/x", "https://hooks.slack.com/********"),
        ("mailtos://ada:hunter2@example.org?to=b", "mailtos://example.org/********"),
        ("json://host:8080", "json://host:8080/********"),
        ("json://?token=hunter2", "json://********"),
        ("json://hooks.example/hunt@er2", "json://********"),
        ("mailto://ada:hunter2", "mailto://********"),
        ("discord://hunter2/x", "discord://********"),
        ("hunter2", "********"),
    ],
)
def test_of_an_address_to_tell_only_kind_and_server_are_shown(address: str, shown: str) -> None:
    assert without_token(address) == shown


def test_what_is_in_force_is_fit_for_json() -> None:
    shown = {setting.key: setting.value for setting in in_force(Sourced(config=Config()))}

    assert json.loads(json.dumps(shown)) == shown
    assert shown["watch.before"] == ["24 h", "1 h", "10 min"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "null"),
        ("", "''"),
        (15.0, "15"),
        ("a\u202eb\x1b[31m\n", "a\\u202eb\\x1b[31m\\n"),
        ({"*:443": "a:1"}, "{*:443: a:1}"),
    ],
)
def test_a_value_is_shown_on_one_line_as_what_it_is(value: object, said: str) -> None:
    assert in_words(value) == said
