"""What is asked of sending."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.bar import Bar, at_least, at_most
from benchmarks.send import making
from benchmarks.send.runs import AIOSMTPLIB, FAR, LARGE, OURS, RAW, SMALL, SMTPLIB, WHOLE, Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Peaks of sending to 20,000 readers and to 1,000,000, until the server took 20,000."""

    few_mb: float
    many_mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that was measured.

    Attributes:
        runs: By the setting's name, by the client's.
        memory: Of `sendguard send`.
        first_s: From the command to the first accepted message, less the check itself.
    """

    runs: Mapping[str, Mapping[str, Sent]]
    memory: Memory
    first_s: float


def bars(figures: Figures) -> Iterator[Bar]:
    """Everything that is asked."""
    small, large, far = (figures.runs[setting.name] for setting in (SMALL, LARGE, FAR))
    cpu = small[WHOLE].cpu_us / small[RAW].cpu_us
    yield at_most("processor, 10 KB, with the outbox, beside raw", cpu, 4, " x")
    rate = large[OURS].rate
    yield at_least("messages/s, 60 KB, beside smtplib", rate / large[SMTPLIB].rate, 2.5, " x")
    yield at_least("messages/s, 60 KB, beside aiosmtplib", rate / large[AIOSMTPLIB].rate, 4, " x")
    yield at_least("messages/s, far, beside raw", far[OURS].rate / far[RAW].rate, 0.8, " x")
    memory = figures.memory.many_mb / figures.memory.few_mb
    yield at_most("memory, 1,000,000 beside 20,000 readers", memory, 1.5, " x")
    yield at_most("from the command to the first message", figures.first_s, 3, " s", 1)
    yield from making.bars()
