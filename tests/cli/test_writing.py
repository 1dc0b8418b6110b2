"""Results are written whole or not at all, several of them all or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chartgen.cli.writing import write_all
from chartgen.errors import CannotDo
from tests.cli.runner import run

CHART = Path(__file__).resolve().parents[1] / "charts" / "created"


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir()) if path.is_file()}


def test_all_are_written(tmp_path: Path) -> None:
    write_all({tmp_path / "a": "1\n", tmp_path / "b": "2\n"})
    assert files(tmp_path) == {"a": "1\n", "b": "2\n"}


def test_none_is_written_when_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "folder").mkdir()
    for bad in (tmp_path / "none" / "b", tmp_path / "folder", tmp_path / ("x" * 300)):
        with pytest.raises(CannotDo):
            write_all({tmp_path / "a": "new", bad: "new"})
        assert files(tmp_path) == {"a": "old"}


def test_none_is_written_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old")
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        written = write(self, data[:1])
        if self.name.startswith(".b."):
            raise OSError(28, "No space left on device")
        return written

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotDo, match=r"b' cannot be written: no space left on device"):
        write_all({tmp_path / "a": "new", tmp_path / "b": "new"})
    assert files(tmp_path) == {"a": "old"}


def test_a_link_stays_a_link_and_a_mode_a_mode(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old")
    target.chmod(0o640)
    (tmp_path / "link").symlink_to("target")
    write_all({tmp_path / "link": "new"})
    assert (tmp_path / "link").is_symlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_all({tmp_path / "pipe": "text\n"})
        assert os.read(reader, 100) == b"text\n"
    finally:
        os.close(reader)


def test_a_result_that_fails_late_leaves_the_others_unwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    long = "x" * 300
    got = run(["lint", str(CHART), "-o", "json=a.json", "-o", f"sarif={long}", "-o", "text"])
    assert (got.exit, got.stdout) == (2, "")
    assert "cannot be written" in got.stderr
    assert files(tmp_path) == {}
