"""The check run to its end."""

from sendguard.entrypoints.checking import awaited


class Unspoken:
    """Is never spelt out."""

    def __repr__(self) -> str:
        raise AssertionError("somebody spelt it out")


async def an_unspoken() -> Unspoken:
    return Unspoken()


def test_what_comes_of_a_check_is_not_spelt_out_when_asyncio_lets_go_of_ctrl_c() -> None:
    told = awaited(an_unspoken())

    assert isinstance(told, Unspoken)
