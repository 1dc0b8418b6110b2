"""Files of a chart are replaced all or none, and never through a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from chartgen.chart.write import replace_files
from chartgen.errors import CannotDo

BEFORE = {"values.yaml": b"a: 1\n", "templates/x.yaml": b"x\n"}
AFTER = {"values.yaml": b"a: 2\n", "templates/x.yaml": b"y\n"}


def folder(tmp_path: Path) -> Path:
    for name, content in BEFORE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_contents_change_and_modes_stay(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "values.yaml").chmod(0o640)
    (root / "README.md").write_text("kept")
    replace_files(root, AFTER, BEFORE)
    assert contents(root) == {**AFTER, "README.md": b"kept"}
    assert (root / "values.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_goes_wrong_half_way_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    root = folder(tmp_path)
    replace = Path.replace
    calls: list[Path] = []

    def failing(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise error
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(CannotDo if error is OSError else error):
        replace_files(root, AFTER, BEFORE)
    assert contents(root) == BEFORE


def test_a_file_that_cannot_be_replaced_is_said_and_the_others_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path)
    replace = Path.replace

    def busy(path: Path, target: Path) -> Path:
        if target.name == "x.yaml":
            raise OSError(16, "Device or resource busy")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(CannotDo, match="cannot be written: device or resource busy"):
        replace_files(root, AFTER, BEFORE)
    assert contents(root) == BEFORE


def test_a_file_that_has_changed_meanwhile_stays(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "templates/x.yaml").write_bytes(b"edited\n")
    with pytest.raises(CannotDo, match="has changed meanwhile"):
        replace_files(root, AFTER, BEFORE)
    assert contents(root) == {**BEFORE, "templates/x.yaml": b"edited\n"}


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "shared.yaml").write_bytes(b"a: 1\n")
    (root / "values.yaml").unlink()
    (root / "values.yaml").symlink_to(root / "shared.yaml")
    with pytest.raises(CannotDo, match="is a link"):
        replace_files(root, AFTER, BEFORE)
    assert (root / "values.yaml").is_symlink()
    assert (root / "shared.yaml").read_bytes() == b"a: 1\n"


def test_a_folder_that_is_reached_through_a_link_is_a_folder(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    root = folder(real)
    (tmp_path / "link").symlink_to(root)
    replace_files(tmp_path / "link", AFTER, BEFORE)
    assert contents(root) == AFTER


def test_a_file_is_made_with_the_folders_it_takes(tmp_path: Path) -> None:
    root = folder(tmp_path)
    replace_files(root, {**AFTER, "a/b/new.yaml": b"n\n"}, BEFORE)
    assert contents(root) == {**AFTER, "a/b/new.yaml": b"n\n"}


def test_what_was_made_goes_again_when_something_goes_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder(tmp_path)
    replace = Path.replace
    calls: list[Path] = []

    def failing(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(KeyboardInterrupt):
        replace_files(root, {"a/b/new.yaml": b"n\n", **AFTER}, BEFORE)
    assert contents(root) == BEFORE
    assert not (root / "a").exists()


def test_a_file_that_has_appeared_meanwhile_stays(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "new.yaml").write_bytes(b"theirs\n")
    with pytest.raises(CannotDo, match="has changed meanwhile"):
        replace_files(root, {"new.yaml": b"ours\n"}, BEFORE)
    assert contents(root) == {**BEFORE, "new.yaml": b"theirs\n"}


def test_a_file_goes_and_with_it_the_folder_that_this_empties(tmp_path: Path) -> None:
    root = folder(tmp_path)
    replace_files(root, {"templates/x.yaml": None, "values.yaml": b"a: 2\n", "none.yaml": None}, BEFORE)
    assert contents(root) == {"values.yaml": b"a: 2\n"}
    assert [path.name for path in root.iterdir()] == ["values.yaml"]


def test_a_file_that_went_is_put_back_with_its_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder(tmp_path)
    (root / "templates/x.yaml").chmod(0o640)
    replace = Path.replace
    calls: list[Path] = []

    def failing(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(KeyboardInterrupt):
        replace_files(root, {"templates/x.yaml": None, "values.yaml": b"a: 2\n"}, BEFORE)
    assert contents(root) == BEFORE
    assert (root / "templates/x.yaml").stat().st_mode & 0o777 == 0o640
