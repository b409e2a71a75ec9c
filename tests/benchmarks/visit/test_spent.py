"""What a process takes, from outside."""

import sys
from pathlib import Path

from benchmarks.visit.spent import spend


def test_a_process_is_measured_by_itself_however_large_its_starter(tmp_path: Path) -> None:
    ours = bytearray(b"x") * 80_000_000

    spent = spend([sys.executable, "-I", "-S", "-c", "print('said')"], out=tmp_path / "out")

    assert len(ours) > spent.peak_mb * 1_000_000 > 0
    assert (tmp_path / "out").read_text() == "said\n"
    assert not spent.late


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    endless = [sys.executable, "-c", "import time; time.sleep(60)"]

    spent = spend(endless, out=tmp_path / "out", within_s=0.2)

    assert spent.late
    assert spent.wall_s < 30
