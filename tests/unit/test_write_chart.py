"""Writing a chart is all or nothing, and never takes what is not the chart's."""

from __future__ import annotations

from pathlib import Path

import pytest

from chartgen.chart.changes import difference
from chartgen.chart.model import Chart
from chartgen.chart.write import write_chart, write_files
from chartgen.errors import CannotDo

CHART = Chart.of({"Chart.yaml": "name: web\n", "templates/a.yaml": "a: 1\n", "values.yaml": "x: 1\n"})
CHANGED = Chart.of({"Chart.yaml": "name: web\n", "templates/a.yaml": "a: 2\n", "templates/b/c.yaml": "c: 1\n"})


def tree(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def texts(chart: Chart) -> dict[str, str]:
    return {path: content.decode() for path, content in chart.files.items()}


def test_a_new_folder_holds_the_chart_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_chart(CHART, tmp_path / "out" / "web")
    assert tree(tmp_path) == {f"out/web/{path}": text for path, text in texts(CHART).items()}
    assert names(tmp_path / "out") == ["web"]


def test_other_text_is_not_replaced_unasked(tmp_path: Path) -> None:
    folder = tmp_path / "web"
    write_chart(CHART, folder)
    with pytest.raises(CannotDo, match=r"^templates/a.yaml in '.*web' holds something else$"):
        write_chart(CHANGED, folder)
    assert tree(folder) == texts(CHART)


def test_force_replaces_and_keeps_what_is_not_the_chart_s(tmp_path: Path) -> None:
    folder = tmp_path / "web"
    write_chart(CHART, folder)
    (folder / "templates/mine.yaml").write_text("mine: true\n")
    (folder / "empty").mkdir()
    (folder / "link").symlink_to("nowhere")
    (folder / "Chart.yaml").chmod(0o600)
    write_chart(CHANGED, folder, force=True)
    assert tree(folder) == {**texts(CHART), **texts(CHANGED), "templates/mine.yaml": "mine: true\n"}
    assert (folder / "empty").is_dir()
    assert (folder / "link").is_symlink()
    assert (folder / "Chart.yaml").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["web"]


def test_a_link_s_target_is_written_and_the_link_stays(tmp_path: Path) -> None:
    write_chart(CHART, tmp_path / "real")
    (tmp_path / "web").symlink_to("real")
    write_chart(CHANGED, tmp_path / "web", force=True)
    assert (tmp_path / "web").is_symlink()
    assert tree(tmp_path / "real")["templates/a.yaml"] == "a: 2\n"


def test_whoever_stands_in_the_folder_still_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "web"
    write_chart(CHART, folder)
    monkeypatch.chdir(folder / "templates")
    write_chart(CHANGED, Path(".."), force=True)
    assert Path("a.yaml").read_text() == "a: 2\n"
    assert Path("b/c.yaml").read_text() == "c: 1\n"
    assert names(tmp_path) == ["web"]


@pytest.mark.parametrize("present", [True, False], ids=["over-a-chart", "anew"])
def test_a_full_disk_leaves_everything_as_it_was(
    present: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if present:
        write_chart(CHART, tmp_path / "web")
    before = tree(tmp_path)
    written = []

    def write_bytes(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return original(path, content)

    original = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(CannotDo, match=r"web' cannot be written: no space left on device$"):
        write_chart(CHANGED, tmp_path / "web", force=True)
    assert tree(tmp_path) == before
    assert names(tmp_path) == ["web"] * present


def test_an_interruption_between_the_two_steps_restores_the_old_chart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_chart(CHART, tmp_path / "web")

    def rename(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise KeyboardInterrupt
        return original(path, target)

    original = Path.rename
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        write_chart(CHANGED, tmp_path / "web", force=True)
    assert tree(tmp_path / "web") == texts(CHART)
    assert names(tmp_path) == ["web"]


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "web").write_text("x")
    with pytest.raises(CannotDo, match=r"web' is a file, not a folder$"):
        write_chart(CHART, tmp_path / "web")
    with pytest.raises(CannotDo, match=r"web/sub' cannot be written: there is a file where a folder is due$"):
        write_chart(CHART, tmp_path / "web" / "sub")


def test_what_is_in_the_way_below_is_named(tmp_path: Path) -> None:
    (tmp_path / "values.yaml").mkdir()
    with pytest.raises(CannotDo, match=r"values.yaml' cannot be written: there is a folder where a file is due$"):
        write_chart(CHART, tmp_path, force=True)
    (tmp_path / "values.yaml").rmdir()
    (tmp_path / "templates").write_text("x")
    with pytest.raises(CannotDo, match=r"templates/a.yaml' cannot be written: there is a file where a folder is due$"):
        write_chart(CHART, tmp_path, force=True)
    assert tree(tmp_path) == {"templates": "x"}


def test_a_diff_shows_what_becomes_of_a_file() -> None:
    assert difference("web/a.yaml", b"a: 1\n", b"a: 2\n", sides=("a/", "b/")) == (
        "--- a/web/a.yaml\n+++ b/web/a.yaml\n@@ -1 +1 @@\n-a: 1\n+a: 2\n"
    )
    assert difference("c.yaml", None, b"c: 1\n") == "--- /dev/null\n+++ c.yaml\n@@ -0,0 +1 @@\n+c: 1\n"
    assert difference("c.yaml", b"c: 1\n", None) == "--- c.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-c: 1\n"
    assert difference("c.yaml", b"c: 1\n", b"c: 1\n") == ""


def test_a_diff_tells_a_missing_last_new_line_and_no_other() -> None:
    found = difference("Chart.yaml", b"name: web", b"name: web\n")
    assert found.splitlines()[3:] == ["-name: web", "\\ No newline at end of file", "+name: web"]
    text = "a\u2028b\x0cc\rd\n"
    assert difference("x", b"", text.encode()).split("\n")[3:] == ["+a\u2028b\x0cc\rd", ""]


def test_other_text_behind_a_linked_folder_is_not_replaced_unasked(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.yaml").write_text("mine")
    (tmp_path / "web").mkdir()
    (tmp_path / "web/templates").symlink_to("../elsewhere")
    with pytest.raises(CannotDo, match=r"^templates/a.yaml in '.*web' holds something else$"):
        write_chart(CHART, tmp_path / "web")
    assert (tmp_path / "elsewhere/a.yaml").read_text() == "mine"


def test_what_is_carried_over_stays_itself_and_other_names_of_it_keep_their_text(tmp_path: Path) -> None:
    write_chart(CHART, tmp_path / "web")
    (tmp_path / "web/notes.md").write_text("mine")
    (tmp_path / "web/notes.md").chmod(0o600)
    (tmp_path / "copy.yaml").hardlink_to(tmp_path / "web/templates/a.yaml")
    write_chart(CHANGED, tmp_path / "web", force=True)
    assert (tmp_path / "web/notes.md").read_text() == "mine"
    assert (tmp_path / "web/notes.md").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "copy.yaml").read_text() == "a: 1\n"


def test_files_go_with_the_folders_that_this_empties(tmp_path: Path) -> None:
    write_chart(CHANGED, tmp_path / "web")
    write_files(tmp_path / "web", {"templates/b/c.yaml": None, "none/at/all.yaml": None, "values.yaml": b"x: 2\n"})
    assert tree(tmp_path / "web") == {
        "Chart.yaml": "name: web\n",
        "templates/a.yaml": "a: 2\n",
        "values.yaml": "x: 2\n",
    }
    assert names(tmp_path / "web" / "templates") == ["a.yaml"]


def test_what_has_changed_meanwhile_or_is_behind_a_link_is_left_alone(tmp_path: Path) -> None:
    write_chart(CHART, tmp_path / "web")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "web/link").symlink_to("../elsewhere")
    before = tree(tmp_path)
    with pytest.raises(CannotDo, match=r"values.yaml' has changed meanwhile$"):
        write_files(tmp_path / "web", {"Chart.yaml": b"", "values.yaml": b""}, {"values.yaml": b"x: 0\n"})
    for content in (b"x", None):
        with pytest.raises(CannotDo, match=r"web/link' is a link, which is not written through$"):
            write_files(tmp_path / "web", {"Chart.yaml": b"", "link/a/b.yaml": content})
    assert tree(tmp_path) == before
    assert names(tmp_path) == ["elsewhere", "web"]


def test_a_folder_that_appears_meanwhile_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(path: Path, target: Path) -> Path:
        monkeypatch.undo()
        target.mkdir()
        (target / "mine").write_text("mine\n")
        return path.rename(target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(CannotDo, match=r"web' cannot be written: directory not empty$"):
        write_files(tmp_path / "web", CHART.files)
    assert tree(tmp_path) == {"web/mine": "mine\n"}
    assert names(tmp_path) == ["web"]


def test_what_a_killed_run_left_is_not_taken_for_nothing(tmp_path: Path) -> None:
    (tmp_path / ".web.123.old").mkdir()
    with pytest.raises(CannotDo) as raised:
        write_files(tmp_path / "web", CHART.files)
    assert raised.value.message.endswith("/.web.123.old' is, which a run that was killed has left")
    assert raised.value.hint == f"put it back: mv {tmp_path}/.web.123.old {tmp_path}/web"
    assert names(tmp_path) == [".web.123.old"]
    (tmp_path / "web").mkdir()
    write_files(tmp_path / "web", CHART.files)


def test_folders_that_may_not_be_written_leave_nothing_beside(tmp_path: Path) -> None:
    write_chart(CHART, tmp_path / "web")
    (tmp_path / "web/templates").chmod(0o555)
    write_files(tmp_path / "web", {"values.yaml": b"x: 2\n"})
    assert names(tmp_path) == ["web"]
    assert (tmp_path / "web/templates").stat().st_mode & 0o777 == 0o555
    assert (tmp_path / "web/values.yaml").read_text() == "x: 2\n"
    (tmp_path / "web/templates").chmod(0o755)


def test_a_folder_that_is_mounted_stays_the_same_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_chart(CHART, tmp_path / "web")
    monkeypatch.setattr(Path, "is_mount", lambda _: True)
    was = (tmp_path / "web").stat().st_ino
    write_files(tmp_path / "web", {"values.yaml": b"x: 2\n", "templates/a.yaml": None})
    assert tree(tmp_path / "web") == {"Chart.yaml": "name: web\n", "values.yaml": "x: 2\n"}
    assert (tmp_path / "web").stat().st_ino == was
    assert names(tmp_path) == ["web"]


def test_what_lies_in_a_folder_somebody_stands_in_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, *_: object) -> None:
        raise AssertionError(path)

    write_chart(CHART, tmp_path / "web")
    monkeypatch.chdir(tmp_path / "web")
    monkeypatch.setattr("shutil.copytree", refused)
    write_files(Path(), {"values.yaml": b"x: 2\n"}, {"values.yaml": b"x: 1\n"})
    assert tree(tmp_path / "web")["values.yaml"] == "x: 2\n"
    with pytest.raises(CannotDo, match=r"values.yaml' has changed meanwhile$"):
        write_files(Path(), {"values.yaml": b"x: 3\n"}, {"values.yaml": b"x: 1\n"})
    with pytest.raises(CannotDo, match=r"templates' cannot be written: there is a folder where a file is due$"):
        write_files(Path(), {"templates": b"x: 3\n"})
