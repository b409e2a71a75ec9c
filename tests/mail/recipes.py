"""The recipes of docs/gateway.md, as the page has them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

PAGE = Path(__file__).parents[2] / "docs/gateway.md"


def recipe(heading: str) -> dict[str, str]:
    """What stands in the files of one recipe, by the name in the first line of each."""
    _, found, rest = PAGE.read_text("utf-8").partition(f" {heading}\n")
    assert found, f"docs/gateway.md has no {heading}"
    section = re.split(r"^#{2,3} ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    blocks = re.findall(r"```\w+\n# (.+)\n((?s:.*?))```", section)
    return dict(blocks)


def with_ports(text: str, ports: Mapping[str, int]) -> str:
    """The same with ports of a test in the place of the page's, such as `:2525` or `submission`."""
    for named, port in ports.items():
        text = re.sub(rf"^{named}\b", f"127.0.0.1:{port}", text, flags=re.MULTILINE)
        text = re.sub(rf"(:|_port: |_PORT = ){named}\b", rf"\g<1>{port}", text)
    return text


def gateway_section(text: str) -> dict[str, Any]:
    """The section `gateway:` of that config.yaml."""
    section: dict[str, Any] = yaml.safe_load(text)["gateway"]
    return section
