import pytest

from tests.builders import an_issue


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<h1>Issue <b>331</b></h1><h1>Two</h1>", "Issue 331"),
        ("<h1></h1><h1 class=x>Ships &amp; sails</h1>", "Ships & sails"),
        ("<h2>A story</h2>", None),
        ("<h1>Never closed", "Never closed"),
        ("<h1>" * 5_000, None),
    ],
)
def test_the_first_heading_that_says_something(html: str, heading: str | None) -> None:
    assert an_issue(html).heading == heading
