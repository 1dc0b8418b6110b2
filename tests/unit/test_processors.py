"""How many processors there are to use: those this process may run on, within its container's limit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chartgen import processors as module
from chartgen.processors import processors


@pytest.mark.parametrize(
    ("limit", "number"),
    [
        ("max 100000\n", 64),
        ("200000 100000\n", 2),
        ("150000 100000\n", 2),
        ("50000 100000\n", 1),
        ("10000000 100000\n", 64),
        ("200000 0\n", 64),
        ("", 64),
        (None, 64),
    ],
)
def test_a_container_may_use_what_its_limit_allows(
    limit: str | None, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cpu.max"
    if limit is not None:
        file.write_text(limit)
    monkeypatch.setattr(module, "_QUOTA", str(file))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert processors() == number


def test_where_nobody_says_on_which_it_may_run_all_of_them_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_QUOTA", str(tmp_path / "none"))
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    for count, number in ((8, 8), (None, 1)):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        assert processors() == number
