"""Which server takes SendGuard's own messages."""

from sendguard.config import Config

NEXT_HOP = "gateway: {next_hop: 'mx.example.org:2525'}"


def test_the_gateways_next_hop_takes_them_where_no_server_is_named() -> None:
    relay = Config.parse(NEXT_HOP, {}).relay

    assert (relay.host, relay.port) == ("mx.example.org", 2525)


def test_the_server_that_is_named_takes_them() -> None:
    config = Config.parse(f"{NEXT_HOP}\nsmtp: {{host: mail.example.org}}", {})

    assert config.relay == config.smtp
