"""The real program over the stand-in web."""

from benchmarks.accuracy.run import batches, run_all
from tests.benchmarks.letters import ASKED, a_letter, a_page

ADDRESS = "https://a.example/story"
HTML = f'<p><a href="{ADDRESS}">The Quiet Return of Night Trains</a></p>'


def test_letters_that_disagree_about_a_page_share_no_run() -> None:
    one, same, other, gone = (
        a_letter(name=name, pages={"a.example/story": page})
        for name, page in (
            ("one", a_page("One")),
            ("same", a_page("One")),
            ("other", a_page("Other")),
            ("gone", None),
        )
    )

    assert list(batches([one, same, other, gone], with_previous=False)) == [
        [one, same],
        [other],
        [gone],
    ]


def test_letters_with_other_issues_before_share_no_run() -> None:
    first, second = a_letter(name="1"), a_letter(name="2", previous=("<p>Before</p>",))

    assert len(list(batches([first, second], with_previous=True))) == 2
    assert len(list(batches([first, second], with_previous=False))) == 1


def test_the_program_sees_the_page_that_it_is_meant_to_see() -> None:
    page = a_page("The Quiet Return of Night Trains | Orbit")
    there = a_letter(ASKED, name="there", html=HTML, pages={"a.example/story": page})
    gone = a_letter(ASKED, name="gone", html=HTML, pages={"a.example/story": None})

    reports = run_all([there, gone])

    visits = {name: report["links"][0]["visit"] for name, report in reports.items()}
    assert visits["there"]["title"] == page.title
    assert visits["gone"]["status"] == 404
