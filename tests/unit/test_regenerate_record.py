"""The record of what was generated: the same for the same files, read back as it was, and never trusted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chartgen.errors import CannotDo
from chartgen.regenerate.base import PATH, Recorded, of_files, read_base, understood, written

FILES = {
    "Chart.yaml": b"name: web\n",
    "templates/a.yaml": 'no end, \u2028 \x0b \u00e9 \U0001f600 and "quotes"\r\nsecond'.encode(),
    "empty": b"",
    "one end": b"\n",
    "files/logo.png": b"\xff\x00",
}


def test_a_record_is_read_back_as_it_was() -> None:
    base = of_files(FILES)
    content = written(base)
    assert understood(content, "x") == base
    assert written(of_files(dict(reversed(FILES.items())))) == content
    assert base["files/logo.png"].text is None
    assert Recorded.of(b"\xff\x01") != base["files/logo.png"]


def test_each_line_of_a_file_is_a_line_of_the_record() -> None:
    lines = written(of_files({"a": b"one\ntwo\n"})).decode().splitlines()
    assert lines == [
        "{", ' "apiVersion": "chartgen.dev/base.v1",', ' "files": {', '  "a": [', '   "one",', '   "two",', '   ""',
        "  ]", " }", "}",
    ]  # fmt: skip


DAMAGED = {
    "empty": b"",
    "no json": b"{",
    "no mapping": b"[]",
    "no text": b"\xff",
    "nul": b"\x00",
    "another version": b'{"apiVersion": "chartgen.dev/base.v2", "files": {}}',
    "no files": b'{"apiVersion": "chartgen.dev/base.v1"}',
    "files of another kind": b'{"apiVersion": "chartgen.dev/base.v1", "files": ["a"]}',
    "deep": b"[" * 100_000,
    "a huge number": b'{"apiVersion": ' + b"1" * 10_000 + b"}",
    **{
        f"the file {name!r}": json.dumps({"apiVersion": "chartgen.dev/base.v1", "files": {name: [""]}}).encode()
        for name in ("../x", "/etc/passwd", "a/../../x", "", ".", "a\\b", "a\0b", ".git/config", ".chartgen/base.json")
    },
    **{
        f"the content {one!r}": json.dumps({"apiVersion": "chartgen.dev/base.v1", "files": {"a": one}}).encode()
        for one in (1, None, "text", [], [1], ["a\nb"], ["\ud800"], {}, {"sha256": 1}, [["a"]])
    },
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_record_is_refused(name: str) -> None:
    with pytest.raises(CannotDo, match=r"^'web/x' is not what chartgen wrote$"):
        understood(DAMAGED[name], "web/x")


def test_a_conflict_of_git_is_told_with_its_line() -> None:
    with pytest.raises(CannotDo, match="holds a conflict of git") as caught:
        understood(b"{\n<<<<<<< HEAD\n=======\n>>>>>>> b\n}\n", "web/x")
    assert str(caught.value.location) == "web/x:2"
    assert caught.value.hint == "take either side, both will do: git checkout --ours -- web/x"


@pytest.mark.parametrize("link", [".chartgen", PATH])
def test_a_link_is_not_followed(link: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/base.json").write_bytes(written({}))
    folder = tmp_path / "web"
    (folder / link).parent.mkdir(parents=True)
    (folder / link).symlink_to(tmp_path / "elsewhere" / ("base.json" if link == PATH else ""))
    with pytest.raises(CannotDo, match="is a link, which is not followed"):
        read_base(folder)


def test_what_is_no_file_or_too_large_is_refused(tmp_path: Path) -> None:
    assert read_base(tmp_path) == (None, None)
    (tmp_path / PATH).mkdir(parents=True)
    with pytest.raises(CannotDo, match="is no file"):
        read_base(tmp_path)
    (tmp_path / PATH).rmdir()
    with (tmp_path / PATH).open("wb") as file:
        file.truncate(65 << 20)
    with pytest.raises(CannotDo, match="is larger than 64 MiB"):
        read_base(tmp_path)
