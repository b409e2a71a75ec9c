"""Rows that only say what matters."""

from dataclasses import replace

from benchmarks.visit.rows import Row
from benchmarks.visit.runs import Limits
from benchmarks.visit.score import Score
from benchmarks.visit.tools import OWN, PEER

OURS = Row(
    tool="sendguard",
    kind=OWN,
    web="B",
    size=400,
    runs=3,
    wall_s=8.4,
    before_s=0.3,
    after_s=0.1,
    quickest_s=8.3,
    slowest_s=8.5,
    cpu_s=1.0,
    peak_mb=60,
    requests=520,
    sent=10e6,
    most_sent=10_000_000,
    most_at_once=64,
    most_per_host=8,
    late=0,
    score=Score(fine=366, broken=26, soft=8, swapped=8, soft_told=6, swapped_told=8, titles=366),
    limits=Limits(bench_chain_s=7.5, chain_s=7.6, busiest_host_s=6.0, in_line_s=8.0),
)
PEERS = replace(OURS, tool="linkinator", kind=PEER, wall_s=20.0)
