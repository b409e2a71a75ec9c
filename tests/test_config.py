from ipaddress import ip_network

import pytest

from sendguard.config import Config, Walled
from sendguard.errors import BadConfig


def test_an_empty_file_means_every_default() -> None:
    assert Config.parse("", "config.yaml") == Config()


def test_keys_are_taken_as_written() -> None:
    text = """
    visit:
      at_once: 3
      allow_private: [127.0.0.0/8]
      connect_to: {"*:443": "127.0.0.1:8443"}
    gate: {walled: unverified}
    """

    config = Config.parse(text, "config.yaml")

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
        ("visit:\n  at_once: many", "config.yaml:2: visit.at_once: "),
        ("visit:\n  allow_private: [here]", "config.yaml:2: visit.allow_private.0: "),
        ("visit:\n  connect_to: {x: y}", "config.yaml:2: visit.connect_to: the name “x” is not"),
        ("gate:\n  walled: block", "config.yaml:2: gate.walled: "),
        ("- a\n- b", "config.yaml:1: expected keys"),
        ("visit: [", "config.yaml:1:9: not YAML"),
        ("visit: 3", "config.yaml:1: visit: expected keys and their values"),
        ("visit:\n  connect_to: 3", "config.yaml:2: visit.connect_to: expected keys"),
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
        ("visit: {timeout_s: 2026-99-99}", "config.yaml: a value cannot be read: "),
    ],
)
def test_a_bad_key_is_named_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(BadConfig) as raised:
        Config.parse(text, "config.yaml")

    assert str(raised.value).startswith(complaint)


def test_a_network_with_the_address_of_a_host_is_met_with_the_network_meant() -> None:
    with pytest.raises(BadConfig) as raised:
        Config.parse("visit:\n  allow_private: [10.1.2.3/8]", "config.yaml")

    assert str(raised.value) == (
        "config.yaml:2: visit.allow_private.0: “10.1.2.3/8” is no network; did you mean 10.0.0.0/8?"
    )


def test_one_complaint_names_every_bad_key() -> None:
    with pytest.raises(BadConfig) as raised:
        Config.parse("visit:\n  at_once: 0\n  timeout_s: -1\nfoo: 1", "config.yaml")

    lines = str(raised.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4"]
