"""The one file of bytecode: what is taken from it, and when it is not."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chartgen import bytecode


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package ``kept_here`` with a module ``part``, imported as Python does, which counts as ours."""
    folder = tmp_path / "lib" / "kept_here"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text('"""A package."""\n')
    (folder / "part.py").write_text("VALUE = 1\n")
    monkeypatch.setattr(bytecode, "_OWN", str(tmp_path / "lib"))
    monkeypatch.setattr(bytecode, "FILE", str(tmp_path / "together.bin"))
    monkeypatch.setattr(bytecode, "_WORTH_WRITING", 2)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "lib"), *sys.path])
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    importlib.invalidate_caches()
    importlib.import_module("kept_here.part")
    yield folder
    forget()


def forget() -> None:
    """Let the package be imported again."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "kept_here"]:
        del sys.modules[name]


def kept() -> bytecode.Together:
    """The file that is written after the package was imported."""
    bytecode.keep(None)
    forget()
    together = bytecode.use()
    assert together is not None
    return together


def test_a_module_taken_from_the_file_is_the_one_python_would_import(package: Path) -> None:
    before = vars(sys.modules["kept_here.part"])
    together = kept()
    for cached in (package / "__pycache__").iterdir():
        cached.unlink()  # so that it cannot come from anywhere else
    module = importlib.import_module("kept_here.part")
    assert module.__spec__ is not None
    assert module.__spec__.loader is not before["__spec__"].loader
    assert module.VALUE == 1
    for name in ("__name__", "__package__", "__file__", "__cached__"):
        assert getattr(module, name) == before[name], name
    assert sys.modules["kept_here"].__path__ == [str(package)]
    assert {"kept_here", "kept_here.part"} <= set(together.entries)


def test_a_source_that_was_edited_is_read_again(package: Path) -> None:
    together = kept()
    (package / "part.py").write_text("VALUE = 2\n")
    os.utime(package / "part.py", (1, 1))
    assert together.find_spec("kept_here.part") is None
    assert importlib.import_module("kept_here.part").VALUE == 2
    assert together.find_spec("kept_here") is not None


def test_a_source_that_is_gone_is_left_to_python(package: Path) -> None:
    together = kept()
    (package / "part.py").unlink()
    assert together.find_spec("kept_here.part") is None


def test_edited_and_new_modules_come_to_those_that_are_there(package: Path) -> None:
    together = kept()
    (package / "part.py").write_text("VALUE = 22\n")
    (package / "other.py").write_text("VALUE = 3\n")
    for name in ("part", "other"):
        importlib.import_module(f"kept_here.{name}")
    bytecode.keep(together)
    again = bytecode.Together()
    assert {"kept_here", "kept_here.part", "kept_here.other"} <= set(again.entries)
    assert again.find_spec("kept_here.part") is not None
    assert again.bytecode("kept_here") == together.bytecode("kept_here")


def test_a_few_new_modules_are_not_worth_writing_for(package: Path) -> None:
    together = kept()
    (package / "other.py").write_text("VALUE = 3\n")
    importlib.import_module("kept_here.other")
    bytecode.keep(together)
    assert "kept_here.other" not in bytecode.Together().entries


def test_nothing_is_written_where_python_was_told_not_to(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    bytecode.keep(None)
    assert not Path(bytecode.FILE).exists()


def test_a_folder_that_cannot_be_written_is_no_trouble(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "FILE", str(package / "absent" / "together.bin"))
    bytecode.keep(None)
    assert bytecode.use() is None


@pytest.mark.parametrize("length", [0, 4, 12, 400])
def test_a_file_that_is_not_whole_is_not_used(package: Path, length: int) -> None:
    bytecode.keep(None)
    whole = Path(bytecode.FILE).read_bytes()
    Path(bytecode.FILE).write_bytes(whole[:length])
    assert bytecode.use() is None


def test_bytecode_of_another_python_is_not_used(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bytecode.keep(None)
    monkeypatch.setattr(bytecode, "_MADE_FOR", ("another", *bytecode._MADE_FOR[1:]))
    assert bytecode.use() is None


def test_a_file_whose_end_is_cut_off_is_not_used(package: Path) -> None:
    bytecode.keep(None)
    whole = Path(bytecode.FILE).read_bytes()
    Path(bytecode.FILE).write_bytes(whole[:-1])
    assert bytecode.use() is None


def test_the_command_takes_its_modules_from_the_file(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    run = ["-m", "chartgen", "explain", "host-port"]
    first, second = (
        subprocess.run([sys.executable, *options, *run], env=environment, cwd=tmp_path, capture_output=True, text=True)
        for options in ([], ["-v"])
    )
    assert (first.returncode, second.returncode) == (0, 0)
    assert second.stdout == first.stdout
    assert "import 'chartgen.rules.base' # <chartgen.bytecode._Loader" in second.stderr
