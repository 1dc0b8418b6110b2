"""Charts are read as Helm reads them, and nothing beyond them."""

from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
from pathlib import Path

import pytest

from chartgen.chart.documents import Documents
from chartgen.chart.read import find_charts, is_chart, metadata, read_chart
from chartgen.errors import CannotDo, InvalidInput
from chartgen.yamlread import Document, read

from .engine_support import CHART_YAML, helm, needs_helm


def make(folder: Path, **files: str) -> Path:
    for path, content in {"Chart.yaml": CHART_YAML, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return folder


def archive(path: Path, members: dict[str, bytes | tarfile.TarInfo]) -> Path:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in members.items():
            if isinstance(content, tarfile.TarInfo):
                tar.addfile(content)
                continue
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    path.write_bytes(gzip.compress(buffer.getvalue(), mtime=0))
    return path


def problem(path: Path, display: str = "c") -> tuple[str, str]:
    with pytest.raises(InvalidInput) as caught:
        read_chart(path, display=display)
    (only,) = caught.value.problems
    assert only.code == "unreadable-chart"
    return str(only.location), only.message


def test_a_folder(tmp_path: Path) -> None:
    chart = read_chart(make(tmp_path, **{"templates/b.yaml": "b", "templates/a.yaml": "größe"}), display="charts/c")
    assert list(chart.files) == ["Chart.yaml", "templates/a.yaml", "templates/b.yaml"]
    assert chart.text("templates/a.yaml") == "größe"
    assert (chart.name, chart.origin) == ("c", "charts/c")
    assert chart.metadata == {"apiVersion": "v2", "name": "c", "version": "1.0.0"}


def test_what_helmignore_names_is_not_read(tmp_path: Path) -> None:
    files = {
        ".helmignore": "\ufeff# comment\n*.orig\n/docs/\nsub/*.txt\n",
        "a.orig": "",
        "docs/x.md": "",
        "other/docs/x.md": "",
        "sub/a.txt": "",
        "sub/deep/a.txt": "",
        "templates/.hidden.yaml": "",
    }
    chart = read_chart(make(tmp_path, **files))
    assert list(chart.files) == [".helmignore", "Chart.yaml", "other/docs/x.md", "sub/deep/a.txt"]


def test_a_broken_chart_yaml_gives_no_metadata_and_no_error(tmp_path: Path) -> None:
    assert read_chart(make(tmp_path, **{"Chart.yaml": "a: [\n"})).metadata == {}
    assert read_chart(make(tmp_path, **{"Chart.yaml": "- a\n"})).metadata == {}


def test_an_archive_is_the_folder_in_it(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "c-1.0.0.tgz",
        {"c/Chart.yaml": CHART_YAML.encode(), "c/templates/./a.yaml": b"a", f"c/{'x' * 120}.txt": b"long"},
    )
    chart = read_chart(path)
    assert chart.files == {"Chart.yaml": CHART_YAML.encode(), "templates/a.yaml": b"a", f"{'x' * 120}.txt": b"long"}


def test_an_archive_made_on_windows(tmp_path: Path) -> None:
    path = archive(tmp_path / "c.tgz", {"c\\Chart.yaml": CHART_YAML.encode(), "c\\templates\\a.yaml": b"a"})
    assert list(read_chart(path).files) == ["Chart.yaml", "templates/a.yaml"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("c/../../etc/passwd", "the archive holds 'c/../../etc/passwd', which would be outside the chart"),
        ("c//etc/passwd", "the archive holds 'c//etc/passwd', which would be outside the chart"),
        ("c/c:/windows", "the archive holds 'c/c:/windows', which would be outside the chart"),
        ("README.md", "the archive holds 'README.md', which would be outside the chart"),
        ("Chart.yaml", "Chart.yaml is not in a folder of the archive"),
    ],
)
def test_an_archive_that_leads_out_is_refused(name: str, message: str, tmp_path: Path) -> None:
    path = archive(tmp_path / "c.tgz", {"c/Chart.yaml": CHART_YAML.encode(), name: b"x"})
    assert problem(path) == ("c", message)


def test_links_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    link = tarfile.TarInfo("c/templates/link.yaml")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    path = archive(tmp_path / "c.tgz", {"c/Chart.yaml": CHART_YAML.encode(), "link": link})
    assert read_chart(path).files["templates/link.yaml"] == b""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not an archive", "it is not a .tgz archive"),
        (b"", "the archive is damaged: empty file"),
        (gzip.compress(b"not a tar archive" * 100, mtime=0)[:40], "the archive is damaged: compressed file ended"),
        (gzip.compress(b"not a tar archive" * 100, mtime=0), "the archive is damaged: "),
    ],
    ids=["no-gzip", "empty", "cut-short", "no-tar"],
)
def test_what_is_no_archive(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "c.tgz"
    path.write_bytes(content)
    where, what = problem(path)
    assert where == "c"
    assert what.startswith(message)


def test_an_archive_that_blows_up_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "c.tgz", {"c/Chart.yaml": CHART_YAML.encode(), "c/zeros": b"\0" * (101 << 20)})
    assert path.stat().st_size < 1 << 20
    assert problem(path) == ("c", "the chart is larger than 100 MiB")


def test_too_much_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chartgen.chart.folder.LARGEST_CHART", 1000)
    make(tmp_path, **{"film.mp4": "x" * 1000})
    assert problem(tmp_path) == ("c", "the chart is larger than 0 MiB")
    monkeypatch.undo()
    monkeypatch.setattr("chartgen.chart.folder.MOST_FILES", 1)
    assert problem(tmp_path) == ("c", "the chart has more than 1 files")


def test_a_link_inside_the_chart_is_followed(tmp_path: Path) -> None:
    make(tmp_path, **{"files/a.txt": "a"})
    (tmp_path / "templates").symlink_to("files")
    (tmp_path / "b.txt").symlink_to("files/a.txt")
    chart = read_chart(tmp_path)
    assert {path: chart.text(path) for path in chart.files if path.endswith("txt")} == {
        "b.txt": "a",
        "files/a.txt": "a",
        "templates/a.txt": "a",
    }


@pytest.mark.parametrize("target", ["../secret.txt", "/etc/hostname", ".."])
def test_a_link_out_of_the_chart_is_refused(target: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    make(tmp_path / "c")
    (tmp_path / "c/leak.txt").symlink_to(target)
    assert problem(tmp_path / "c") == ("c/leak.txt", f"is a symbolic link that leads out of the chart, to {target!r}")


def test_a_link_that_stays_in_the_repository_is_followed(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "shared.txt").write_text("shared")
    make(tmp_path / "charts/c")
    (tmp_path / "charts/c/shared.txt").symlink_to("../../shared.txt")
    assert read_chart(tmp_path / "charts/c").text("shared.txt") == "shared"


def test_links_that_lead_nowhere_or_round(tmp_path: Path) -> None:
    make(tmp_path / "a")
    (tmp_path / "a/gone").symlink_to("nowhere")
    assert problem(tmp_path / "a") == ("c/gone", "cannot be read: no such file or directory")
    make(tmp_path / "b", **{"sub/x": ""})
    (tmp_path / "b/sub/round").symlink_to("..")
    assert problem(tmp_path / "b") == ("c/sub/round", "a symbolic link leads back to a folder it is in")


def test_an_ignored_link_is_not_looked_at(tmp_path: Path) -> None:
    make(tmp_path, **{".helmignore": "gone\n"})
    (tmp_path / "gone").symlink_to("nowhere")
    assert list(read_chart(tmp_path).files) == [".helmignore", "Chart.yaml"]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(make(tmp_path) / "pipe")
    assert problem(tmp_path) == ("c/pipe", "is a device, a pipe or a socket")


def test_a_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    make(tmp_path)
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert list(read_chart(tmp_path).files) == ["Chart.yaml", "caf\ufffd.txt"]


def test_a_bad_helmignore_is_refused_with_its_line(tmp_path: Path) -> None:
    make(tmp_path, **{".helmignore": "*.md\ndocs/**\n"})
    assert problem(tmp_path) == ("c/.helmignore:2", "double-star (**) syntax is not supported")


def test_what_may_not_be_read_is_said_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object, **__: object) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    make(tmp_path / "web")
    with monkeypatch.context() as patched:
        patched.setattr("builtins.open", refuse)
        with pytest.raises(CannotDo) as caught:
            read_chart(tmp_path / "web")
    assert caught.value.message == f"{str(tmp_path / 'web/Chart.yaml')!r} cannot be read: permission denied"
    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(CannotDo) as caught:
        find_charts([tmp_path])
    assert caught.value.message == f"{str(tmp_path)!r} cannot be read: permission denied"


def test_what_is_no_chart(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("")
    for path, message in (
        (tmp_path / "none", "'x' does not exist"),
        (tmp_path, "'x' is not a chart: it has no Chart.yaml"),
    ):
        with pytest.raises(CannotDo) as caught:
            read_chart(path, display="x")
        assert caught.value.message == message
        assert "a folder with a Chart.yaml" in caught.value.hint


def test_charts_are_found_and_their_own_subcharts_are_not(tmp_path: Path) -> None:
    for name in ("z", "a", "deep/er/b", "a/charts/sub", ".hidden/c"):
        make(tmp_path / name)
    archive(tmp_path / "p-1.0.0.tgz", {"p/Chart.yaml": b""})
    archive(tmp_path / "no-chart.tgz", {"p/README": b""})
    (tmp_path / "link").symlink_to("a")
    found = find_charts([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a", "deep/er/b", "p-1.0.0.tgz", "z"]
    assert find_charts([tmp_path / "z", tmp_path / "a", tmp_path / "z"]) == [tmp_path / "z", tmp_path / "a"]
    assert [is_chart(tmp_path / name) for name in ("a", "deep", "p-1.0.0.tgz", "no-chart.tgz")] == [
        True,
        False,
        True,
        False,
    ]


def test_an_archive_that_begins_as_a_chart_is_found_so_that_its_fault_is_told(tmp_path: Path) -> None:
    archive(tmp_path / "slip.tgz", {"p/Chart.yaml": b"", "p/../../etc/passwd": b""})
    archive(tmp_path / "whole.tgz", {"p/Chart.yaml": b"", "p/noise": random.Random(1).randbytes(20_000)})
    (tmp_path / "cut.tgz").write_bytes((tmp_path / "whole.tgz").read_bytes()[:10_000])
    archive(tmp_path / "other-slip.tgz", {"p/README": b"", "p/../../etc/passwd": b""})
    (tmp_path / "noise.tgz").write_bytes(random.Random(1).randbytes(1_000))
    found = [path.name for path in find_charts([tmp_path])]
    assert found == ["cut.tgz", "slip.tgz", "whole.tgz"]


def test_a_folder_without_charts(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match=r"^there is no chart in "):
        find_charts([tmp_path])
    with pytest.raises(CannotDo, match=r" does not exist$"):
        find_charts([tmp_path / "none"])


@needs_helm
@pytest.mark.parametrize(
    "rules",
    [
        "*.txt", "a.txt", "/a.txt", "sub/", "/sub/", "sub", "sub/*", "sub/a.txt", "/sub/a.txt", "sub/deep", "*/a.txt",
        "deep/", "[ab].txt", "[^a].txt", "[a-c].txt", "?.txt", "\\a.txt", "*", "*.*", "!a.txt", "!*.txt\n", "!sub/",
        "a.txt\n!b.txt", "#a.txt", "  a.txt  ", ".*", "sub/*/a.txt", "templates/", "Chart.yaml", "*a*", "sub*",
        "[!a].txt", "./a.txt", "sub//", "[", "[a", "[]a]", "a\\", "**", "[a-]", "[-a]", "x[b-a].txt", "\\[a.txt",
    ],
)  # fmt: skip
def test_helmignore_means_what_it_means_to_helm(rules: str, tmp_path: Path) -> None:
    files = ["a.txt", "b.txt", "d.txt", "[a.txt", "sub/a.txt", "sub/b.md", "sub/deep/a.txt", "other/sub/a.txt", ".dot"]
    chart = make(tmp_path / "c", **dict.fromkeys(files, "x"))
    (chart / ".helmignore").write_text(rules)
    (chart / "templates").mkdir()
    (chart / "templates/t.yaml").write_text(
        'files:\n{{ range $p, $_ := .Files.Glob "**" }}- {{ $p | quote }}\n{{ end }}'
    )
    ended = helm("template", chart)
    try:
        ours = sorted(path for path in read_chart(chart).files if not path.startswith("templates/"))
    except (InvalidInput, CannotDo):
        assert ended.returncode == 1
        return
    assert ended.returncode == 0, ended.stderr
    theirs = sorted(line[3:-1] for line in ended.stdout.splitlines() if line.startswith("- "))
    if "files:" in ended.stdout:
        assert theirs == [path for path in ours if path != "Chart.yaml"]
    else:
        assert "templates/t.yaml" not in read_chart(chart).files


def test_a_file_that_several_look_into_is_read_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    texts = []

    def noted(text: str) -> Document:
        texts.append(text)
        return read(text)

    monkeypatch.setattr("chartgen.chart.documents.read", noted)
    chart = read_chart(make(tmp_path, **{"values.yaml": "only: here\n"}))
    assert metadata(chart.files["values.yaml"]) == {"only": "here"}
    assert Documents(chart).locate("values.yaml").line == 1
    assert metadata(chart.files["values.yaml"]) == Documents(chart).data("values.yaml")
    assert texts.count("only: here\n") == 1
