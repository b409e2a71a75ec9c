"""The program, as `sendguard` and as `python -m sendguard`."""

from sendguard.entrypoints.endings import leave_when_ended


def main() -> None:
    """Be the program; whoever interrupts it while it is still being loaded gets no traceback."""
    leave_when_ended()
    from sendguard.entrypoints.cli.app import run  # noqa: PLC0415 - this is what takes its time

    run()


if __name__ == "__main__":
    main()
