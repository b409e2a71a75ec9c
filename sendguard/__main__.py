"""The program, as `sendguard` and as `python -m sendguard`."""

import gc

from sendguard.entrypoints.endings import leave_when_ended

# Seven hundred modules come in, and of what they make nothing is garbage: with Python's own
# threshold of 700 objects, looking for some takes a sixth of a small check.
_FEW_LOOKS = (100_000, 20, 20)


def main() -> None:
    """Be the program; whoever interrupts it while it comes or goes gets no traceback."""
    leave_when_ended()
    gc.set_threshold(*_FEW_LOOKS)
    from sendguard.entrypoints.cli.app import run  # noqa: PLC0415 - this is what takes its time

    try:
        run()
    finally:
        leave_when_ended()
        gc.freeze()  # at its end Python would look through all of it once more


if __name__ == "__main__":
    main()
