"""What was measured, as people read it."""

from collections.abc import Iterator

from benchmarks.send.bars import Figures


def told(figures: Figures) -> Iterator[str]:
    """A table for each setting."""
    for setting, clients in figures.runs.items():
        yield f"\n{setting:24}{'messages/s':>12}{'CPU µs a message':>20}"
        for name, sent in clients.items():
            yield f"  {name:22}{sent.rate:12.0f}{sent.cpu_us:20.0f}"
    memory = figures.memory
    yield f"\nmemory, 20,000 readers    {memory.few_mb:10.0f} MB"
    yield f"memory, 1,000,000 readers {memory.many_mb:10.0f} MB"
