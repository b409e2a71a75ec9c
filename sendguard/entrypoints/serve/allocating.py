"""How the C library hands memory out: what is large goes back to the system once it is free."""

import ctypes

LARGE = 1 << 20
"""Bytes."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of <malloc.h>


def give_large_back() -> None:
    """Have each large block apart from all others, from now on; glibc's alone need that.

    Once a large block was freed, it takes those of up to 32 MB from where the small ones lie. With
    messages of 30 MB that is in pieces soon, and holds twice as much as is needed for good.

    Source:
        mallopt(3); what is set here is what glibc would itself come to with blocks of `LARGE`.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, LARGE)
        mallopt(_TRIM_THRESHOLD, 2 * LARGE)
