from ipaddress import ip_network

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sendguard.config import Config, Walled
from sendguard.config.section import keys_of
from sendguard.errors import BadConfig


def test_an_empty_file_means_every_default() -> None:
    assert Config.parse("", {}) == Config()


def test_keys_are_taken_as_written() -> None:
    text = """
    visit:
      at_once: 3
      allow_private: [127.0.0.0/8]
      connect_to: {"*:443": "127.0.0.1:8443"}
    gate: {walled: unverified}
    """

    config = Config.parse(text, {})

    assert config.visit.at_once == 3
    assert config.visit.allow_private == (ip_network("127.0.0.0/8"),)
    assert config.visit.connect_to == {"*:443": "127.0.0.1:8443"}
    assert config.gate.walled is Walled.UNVERIFIED


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "visit:\n  timeout: 3",
            "config.yaml:2: there is no key “visit.timeout”; did you mean “timeout_s”?",
        ),
        ("gates: {}", "config.yaml:1: there is no key “gates”; did you mean “gate”?"),
        (
            'gateway:\n  listeners:\n    - {listen: "127.0.0.1:25", block: hold}',
            "config.yaml:3: there is no key “gateway.listeners.0.block”; did you mean “blocked”?",
        ),
        ("visit:\n  at_once: many", "config.yaml:2: visit.at_once: "),
        ("visit:\n  allow_private: [here]", "config.yaml:2: visit.allow_private.0: "),
        ("visit:\n  connect_to: {x: y}", "config.yaml:2: visit.connect_to: the name “x” is not"),
        ("gate:\n  walled: block", "config.yaml:2: gate.walled: "),
        ("- a\n- b", "config.yaml:1: expected keys"),
        ("visit: [", "config.yaml:1:9: not YAML"),
        ("visit: 3", "config.yaml:1: visit: expected keys and their values"),
        ("visit:\n  connect_to: 3", "config.yaml:2: visit.connect_to: expected keys"),
        ('campaigns: "a\\0b"', "config.yaml:1: campaigns: expected text in UTF-8, without control"),
        ("campaigns: ''", "config.yaml:1: campaigns: expected some text"),
        ("smtp:\n  port:", "config.yaml:2: smtp.port: expected a whole number"),
        ("visit:\n  at_once: yes", "config.yaml:2: visit.at_once: expected a whole number"),
        ("visit:\n  timeout_s: .nan", "config.yaml:2: visit.timeout_s: expected a number"),
        ("watch:\n  before: [1]", "config.yaml:2: watch.before.0: expected a time with its unit"),
        ("watch:\n  after: [0h]", "config.yaml:2: watch.after.0: must be greater than 0"),
        ("watch:\n  listen: 8780", "config.yaml:2: watch.listen: expected “address:port”"),
        (
            "gateway: {next_hop: b}",
            "config.yaml:1: gateway.next_hop: expected “address:port”",
        ),
        (
            'gateway: {listeners: [{listen: "127.0.0.1:99999"}]}',
            "config.yaml:1: gateway.listeners.0.listen: expected “address:port”, such as 127.",
        ),
        ("log: xml", "config.yaml:1: log: must be 'text' or 'json'"),
        ("smtp: {security: ssl}", "config.yaml:1: smtp.security: must be 'starttls', 'tls' or"),
        ("smtp: {port: 70000}", "config.yaml:1: smtp.port: must be less than or equal to 65535"),
        ("smtp: {host: 'a.example:25'}", "config.yaml:1: smtp.host: expected the name of a server"),
        ("notify: [me@b.example]", "config.yaml:1: notify.0: expected an address such as mailto"),
        ("a: &a b", "config.yaml:1: references"),
        ("log: !text json", "config.yaml:1: a value that begins with “!” has to stand between"),
        ("[a]: b", "config.yaml:1: a key has to be a name"),
        ("log: json\nvisit:\nlog: text", "config.yaml:3: this key stands already in line 1"),
        ("log:json", "config.yaml:1: expected keys such as"),
        ("log: json\x07", "config.yaml: not YAML: odd characters"),
        ("at_once: 3", "config.yaml:1: there is no key “at_once”; did you mean “visit.at_once”, "),
        ("visit: {smtp: {}}", "config.yaml:1: there is no key “visit.smtp”; did you mean “smtp”?"),
        ("smtp: {proxy: a}", "config.yaml:1: there is no key “smtp.proxy”; did you mean “visit.pr"),
        (
            "visit:\n  allow_private: 10.0.0.0/8",
            "config.yaml:2: visit.allow_private: expected a list",
        ),
        (
            "visit:\n  allow_private: [10]",
            "config.yaml:2: visit.allow_private.0: “10” is no",
        ),
        ("visit:\n  user_agent: Gärtner", "config.yaml:2: visit.user_agent: only printable"),
        ('visit:\n  user_agent: "a\\nb"', "config.yaml:2: visit.user_agent: only printable"),
        ("a: &a [*a]", "config.yaml:1: references"),
        ("[" * 5000, "config.yaml:1: references"),
        ("visit: {timeout_s: 2026-99-99}", "config.yaml:1: visit.timeout_s: expected a number"),
    ],
)
def test_a_bad_key_is_named_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(BadConfig) as raised:
        Config.parse(text, {})

    assert str(raised.value).startswith(complaint)


def test_a_network_with_the_address_of_a_host_is_met_with_the_network_meant() -> None:
    with pytest.raises(BadConfig) as raised:
        Config.parse("visit:\n  allow_private: [10.1.2.3/8]", {})

    assert str(raised.value) == (
        "config.yaml:2: visit.allow_private.0: “10.1.2.3/8” is no network; did you mean 10.0.0.0/8?"
    )


def test_one_complaint_names_every_bad_key() -> None:
    with pytest.raises(BadConfig) as raised:
        Config.parse("visit:\n  at_once: 0\n  timeout_s: -1\nfoo: 1", {})

    lines = str(raised.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("listeners", "complaint"),
    [
        ("[{mode: x}]", "config.yaml:1: gateway.listeners.0.mode: must be"),
        ("[]", "config.yaml:1: gateway.listeners: expected one entry at least"),
    ],
)
def test_a_mistake_in_a_list_is_told_once(listeners: str, complaint: str) -> None:
    with pytest.raises(BadConfig) as told:
        Config.parse(f"gateway: {{listeners: {listeners}}}", {})

    (line,) = str(told.value).splitlines()
    assert line.startswith(complaint)


def test_text_that_looks_like_something_else_stays_text() -> None:
    config = Config.parse("smtp: {user: yes, password: 007}\ncampaigns: 2026-11-24", {})

    assert (config.smtp.user, config.smtp.password) == ("yes", "007")
    assert config.campaigns == "2026-11-24"


def test_nothing_is_written_as_null_and_the_word_between_quotes() -> None:
    config = Config.parse("smtp: {user: 'null', password: null}\ndatabase: null", {})

    assert (config.smtp.user, config.smtp.password, config.database) == ("null", None, None)


def test_a_section_without_keys_says_nothing() -> None:
    assert Config.parse("visit:\n# at_once: 3\nlog: text", {}) == Config()


def test_times_may_be_written_with_any_unit_and_count_once() -> None:
    assert Config.parse("watch: {before: [1h, 60m, 1.5d]}", {}).watch.before == (3600.0, 129_600.0)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:////var/lib/sendguard.db", "sqlite:////var/lib/sendguard.db"),
        ("postgresql+psycopg://ada:x@db/sendguard", "postgresql+psycopg://ada:x@db/sendguard"),
        (
            "postgresql://ada:x/y@db:5432/sendguard",
            "postgresql+psycopg://ada:x/y@db:5432/sendguard",
        ),
        ("postgresql://ada@db/a?options=b@c:d", "postgresql+psycopg://ada@db/a?options=b@c:d"),
        ("postgresql:///sendguard?host=/run", "postgresql+psycopg:///sendguard?host=/run"),
        ("postgresql://[::1]:5432/sendguard", "postgresql+psycopg://[::1]:5432/sendguard"),
    ],
)
def test_a_database_is_a_file_or_postgresql(written: str, meant: str) -> None:
    assert Config.parse(f"database: {written}", {}).database == meant


@pytest.mark.parametrize(
    "written",
    [
        *("sendguard.db", "mysql://ada:x@db/sendguard", "postgres://db/sendguard", "http://db"),
        *("sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:sendguard.db", "://"),
        *("postgresql://ada:x@db:port/sendguard", "postgresql+asyncpg://db/a", "postgresql:db"),
        "postgresql://ada:x@y@db/sendguard",
    ],
)
def test_another_database_is_refused(written: str) -> None:
    with pytest.raises(BadConfig, match=r"^config.yaml:1: database: ") as raised:
        Config.parse(f"database: '{written}'", {})

    assert "ada" not in str(raised.value)


def test_hosts_are_taken_in_every_form() -> None:
    hosts = [
        Config.parse(f"smtp: {{host: '{host}'}}", {}).smtp.host
        for host in ("localhost", "mail.example.org", "10.0.0.1", "::1", "[::1]")
    ]

    assert hosts == ["localhost", "mail.example.org", "10.0.0.1", "::1", "::1"]


def test_a_thousand_bad_keys_are_not_all_told() -> None:
    with pytest.raises(BadConfig) as raised:
        Config.parse("\n".join(f"key{number}: 1" for number in range(1000)), {})

    said = str(raised.value).splitlines()
    assert (len(said), said[-1]) == (21, "and 980 more like these")


texts = st.text(max_size=20)
names = st.sampled_from(sorted({name for path, _ in keys_of(Config) for name in path})) | texts
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.dates() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)


@given(st.text() | st.dictionaries(names, values, max_size=4).map(yaml.safe_dump))
def test_any_file_is_obeyed_or_complained_about(text: str) -> None:
    try:
        Config.parse(text, {})
    except BadConfig as error:
        assert str(error).startswith("config.yaml:")  # noqa: PT017 - either will do
