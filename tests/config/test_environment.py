import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguard.config import Config, Log, Security, files_to_read, read_config
from sendguard.config.config import by_variable
from sendguard.errors import BadConfig

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


def told(**variables: str) -> Config:
    return Config.parse("", {f"SENDGUARD_{name}": text for name, text in variables.items()})


def complaint(text: str = "", **variables: str) -> str:
    with pytest.raises(BadConfig) as raised:
        Config.parse(text, {f"SENDGUARD_{name}": told for name, told in variables.items()})
    return str(raised.value)


def test_a_variable_goes_before_the_file() -> None:
    config = Config.parse("visit: {at_once: 3}", {"SENDGUARD_VISIT__AT_ONCE": "64"})

    assert config.visit.at_once == 64


def test_what_no_variable_sets_stays_as_the_file_says() -> None:
    config = Config.parse("visit: {timeout_s: 3}", {"SENDGUARD_VISIT__AT_ONCE": "64"})

    assert config.visit.timeout_s == 3


def test_a_variable_may_set_what_an_empty_section_leaves_out() -> None:
    assert Config.parse("visit:", {"SENDGUARD_VISIT__AT_ONCE": "64"}).visit.at_once == 64


def test_words_numbers_and_nothing_are_taken_as_the_key_means_them() -> None:
    config = told(
        SMTP__PORT="25", SMTP__SECURITY="none", LOG="json", DATABASE="null", WATCH__LISTEN="null"
    )

    assert (config.smtp.port, config.smtp.security) == (25, Security.NONE)
    assert (config.log, config.database, config.watch.listen) == (Log.JSON, None, None)


def test_lists_and_mappings_are_yaml() -> None:
    config = told(
        NOTIFY="[json://hooks.example/a, mailto://b.example]",
        WATCH__BEFORE="- 2h\n- 30m\n",
        VISIT__CONNECT_TO='{"*:443": "127.0.0.1:8443"}',
    )

    assert config.notify == ("json://hooks.example/a", "mailto://b.example")
    assert list(config.watch.before) == [7200, 1800]
    assert config.visit.connect_to == {"*:443": "127.0.0.1:8443"}


@pytest.mark.parametrize("password", "007 yes null ~ 1e3 [a *x # !".split())
def test_a_password_stays_the_text_it_is(password: str) -> None:
    assert told(SMTP__PASSWORD=password).smtp.password == password


def test_a_variable_without_text_counts_as_not_set() -> None:
    config = Config.parse("campaigns: here", {"SENDGUARD_CAMPAIGNS": "", "SENDGUARD_DATABASE": ""})

    assert config == Config(campaigns="here")


def test_other_peoples_variables_do_not_matter() -> None:
    environment = {"PATH": "/bin", "SENDGUARDS": "1", "sendguard_log": "json"}

    assert Config.parse("", environment) == Config()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SERVICE_HOST", "10.0.0.11"),
        ("SERVICE_HOST", "fd00::b"),
        ("SERVICE_PORT", "8780"),
        ("SERVICE_PORT_HTTP", "8780"),
        ("PORT", "tcp://10.0.0.11:8780"),
        ("PORT_8780_TCP", "tcp://[fd00::b]:8780"),
        ("PORT_8780_TCP_PROTO", "tcp"),
        ("PORT_8780_TCP_PORT", "8780"),
        ("PORT_8780_TCP_ADDR", "10.0.0.11"),
        ("DESK_PORT", "tcp://10.0.0.11:8780"),
        ("DESK_SERVICE_HOST", "10.0.0.11"),
    ],
)
def test_what_kubernetes_says_of_a_service_of_our_name_is_let_pass(name: str, text: str) -> None:
    assert told(**{name: text}) == Config()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SMTP_PASSWORD", "SENDGUARD_SMTP__PASSWORD"),
        ("SMTP_PASSWORD_FILE", "SENDGUARD_SMTP__PASSWORD_FILE"),
        ("SMTP_PORT", "SENDGUARD_SMTP__PORT"),
        ("DATABSE", "SENDGUARD_DATABASE"),
        ("REMEMBER_S", "SENDGUARD_VISIT__REMEMBER_S"),
    ],
)
def test_a_variable_that_sets_nothing_is_met_with_the_one_meant(name: str, meant: str) -> None:
    says = complaint(**{name: "587"})

    assert says == f"SENDGUARD_{name}: no setting is called so; did you mean “{meant}”?"


def test_a_key_in_several_sections_is_asked_about() -> None:
    assert complaint(AT_ONCE="3").endswith(
        "did you mean “SENDGUARD_VISIT__AT_ONCE”, “SENDGUARD_WATCH__AT_ONCE” or "
        "“SENDGUARD_SMTP__AT_ONCE”?"
    )


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("VISIT__AT_ONCE", "many", "SENDGUARD_VISIT__AT_ONCE: expected a whole number"),
        ("NOTIFY", "[a]", "SENDGUARD_NOTIFY: entry 1: expected an address"),
        ("NOTIFY", "json://a", "SENDGUARD_NOTIFY: expected a list"),
        ("NOTIFY", "[", "SENDGUARD_NOTIFY:1:2: not YAML"),
        ("WATCH__BEFORE", "[1h, 2x]", "SENDGUARD_WATCH__BEFORE: entry 2: expected a time"),
        ("VISIT__CONNECT_TO", "{a: [b]}", "SENDGUARD_VISIT__CONNECT_TO: entry “a”: expected"),
        ("CAMPAIGNS", "\udcff", "SENDGUARD_CAMPAIGNS: expected text in UTF-8"),
        ("VISIT", "{at_once: 3}", "SENDGUARD_VISIT: no setting is called so"),
    ],
)
def test_a_bad_value_is_complained_about_by_its_variable(name: str, text: str, says: str) -> None:
    assert complaint(**{name: text}).startswith(says)


def test_a_bad_section_of_the_file_stays_the_complaint() -> None:
    assert complaint("visit: 3", VISIT__AT_ONCE="3").startswith("config.yaml:1: visit: expected")


def test_one_complaint_names_what_is_wrong_in_both() -> None:
    said = complaint("gates: 1", LOGS="text", SMTP__PORT="x").splitlines()

    assert [line.split(":")[0] for line in said] == [
        "SENDGUARD_LOGS",
        "SENDGUARD_SMTP__PORT",
        "config.yaml",
    ]


def test_files_are_named_by_variables() -> None:
    environment = {"SENDGUARD_SMTP__PASSWORD_FILE": "/run/secrets/smtp", "SENDGUARD_LOG": "json"}

    assert files_to_read(environment) == {"SENDGUARD_SMTP__PASSWORD": "/run/secrets/smtp"}


def test_the_key_ca_file_is_no_file_to_read() -> None:
    environment = {"SENDGUARD_VISIT__CA_FILE": "/etc/ca.pem"}

    assert files_to_read(environment) == {}
    assert Config.parse("", environment).visit.ca_file == "/etc/ca.pem"


def test_a_variable_and_its_file_are_not_both_obeyed() -> None:
    environment = {"SENDGUARD_DATABASE": "null", "SENDGUARD_DATABASE_FILE": "/run/secrets/db"}

    with pytest.raises(BadConfig, match="SENDGUARD_DATABASE and SENDGUARD_DATABASE_FILE are both"):
        files_to_read(environment)


def test_a_complaint_about_what_a_file_holds_names_its_variable() -> None:
    says = complaint(SMTP__PORT="x", SMTP__PORT_FILE="/run/secrets/port")

    assert says == "SENDGUARD_SMTP__PORT_FILE: expected a whole number"


def test_every_value_knows_where_it_came_from() -> None:
    environment = {
        "SENDGUARD_LOG": "json",
        "SENDGUARD_SMTP__PASSWORD": "x",
        "SENDGUARD_SMTP__PASSWORD_FILE": "/run/secrets/smtp",
        "SENDGUARD_VISIT__CA_FILE": "ca.pem",
    }

    origins = read_config("campaigns: a\nvisit:\n  at_once: 3\n", environment).origins

    assert origins["campaigns",] == "config.yaml:1"
    assert origins["visit", "at_once"] == "config.yaml:3"
    assert origins["log",] == "SENDGUARD_LOG"
    assert origins["smtp", "password"] == "the file named by SENDGUARD_SMTP__PASSWORD_FILE"
    assert origins["visit", "ca_file"] == "SENDGUARD_VISIT__CA_FILE"
    assert ("smtp", "port") not in origins


@given(st.dictionaries(st.sampled_from([*by_variable(), "SENDGUARD_X"]), texts, max_size=4))
def test_any_environment_is_obeyed_or_complained_about(environment: dict[str, str]) -> None:
    try:
        Config.parse("", environment)
    except BadConfig as error:
        assert str(error).startswith("SENDGUARD_")  # noqa: PT017 - either will do


def test_a_file_that_nobody_read_is_not_passed_over() -> None:
    says = complaint(DATABASE_FILE="/run/secrets/database")

    assert says == "SENDGUARD_DATABASE_FILE: expected some text"
