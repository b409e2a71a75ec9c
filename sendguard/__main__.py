"""The program, as `sendguard` and as `python -m sendguard`."""

import gc
import os
from typing import NoReturn

from sendguard.entrypoints.endings import leave_when_ended

# Seven hundred modules come in, and of what they make nothing is garbage: with Python's own
# threshold of 700 objects, looking for some takes a sixth of a small check.
FEW_LOOKS = (100_000, 20, 20)


def main() -> NoReturn:
    """Be the program; whoever interrupts it while it comes gets no traceback."""
    leave_when_ended()
    gc.set_threshold(*FEW_LOOKS)
    # To look for plugins, pydantic reads what every package installed beside us says of itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from sendguard.entrypoints.cli.app import run  # noqa: PLC0415 - this is what takes its time

    run()


if __name__ == "__main__":
    main()
