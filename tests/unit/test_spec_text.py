"""Bytes that are no spec: encodings, control characters, line ends, size, bombs."""

from __future__ import annotations

from pathlib import Path

import pytest

from chartgen.errors import InvalidInput
from chartgen.location import Location, excerpt
from chartgen.spec.load import load_spec, read_spec
from chartgen.spec.validate import judged, problems

GOOD = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\nargs: [worker]\n"


def said(data: bytes) -> list[str]:
    return [f"{problem} [{problem.code}]" for problem in problems(data, file="app.yaml")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: \xff\n", "app.yaml:1:4: error: byte 0xff at offset 3 is not UTF-8 [encoding]"),
        (b"a: 1\nb: gr\xfcn\n", "app.yaml:2:6: error: byte 0xfc at offset 10 is not UTF-8 [encoding]"),
        ("é: 1\nb: ".encode() + b"\xc3", "app.yaml:2:4: error: byte 0xc3 at offset 9 is not UTF-8 [encoding]"),
        (GOOD.encode("utf-16"), "app.yaml:1:1: error: the file is UTF-16, not UTF-8 [encoding]"),
        (GOOD.encode("utf-16-le"), "app.yaml:1:1: error: the file is UTF-16, not UTF-8 [encoding]"),
        (GOOD.encode("utf-16-be"), "app.yaml:1:1: error: the file is UTF-16, not UTF-8 [encoding]"),
        (GOOD.encode("utf-32"), "app.yaml:1:1: error: the file is UTF-32, not UTF-8 [encoding]"),
        (
            b"a: 1\nb: x\0y\n",
            "app.yaml:2:5: error: found a NUL character, which YAML does not allow [control-character]",
        ),
        (
            b"a: 1\r\n: \x07\n",
            "app.yaml:2:3: error: found the character U+0007, which YAML does not allow [control-character]",
        ),
        (b"x" * ((1 << 20) + 1), "app.yaml: error: the file is larger than 1,048,576 bytes [too-large]"),
        (b"", "app.yaml:1:1: error: the file is empty [empty]"),
        (b"\xef\xbb\xbf", "app.yaml:1:1: error: the file is empty [empty]"),
    ],
    ids=[
        "latin-1-first", "latin-1", "cut-off", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "nul", "bell", "large",
        "empty", "only-a-mark",
    ],
)  # fmt: skip
def test_what_is_no_text(data: bytes, expected: str) -> None:
    assert said(data) == [expected]
    with pytest.raises(InvalidInput):
        read_spec(data, file="app.yaml")


def test_ten_megabytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"# " + b"x" * (10 << 20))
    with pytest.raises(InvalidInput, match="larger than 1,048,576 bytes"):
        load_spec(path)


def test_the_largest_spec_is_read() -> None:
    data = GOOD.encode()
    assert said(data + b"#" * ((1 << 20) - len(data))) == []


def test_a_byte_order_mark_is_a_warning_and_shifts_nothing() -> None:
    data = b"\xef\xbb\xbf" + GOOD.encode() + b"prot: 1\n"
    assert said(data) == [
        "app.yaml:1:1: warning: the file begins with a byte order mark [byte-order-mark]",
        "app.yaml:5:1: error: unknown key 'prot' (did you mean 'port'?) [unknown-key]",
    ]
    assert read_spec(b"\xef\xbb\xbf" + GOOD.encode(), file="app.yaml").name == "shop"
    assert not judged(b"\xef\xbb\xbf" + GOOD.encode(), file="app.yaml").text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends_do_not_matter(end: str) -> None:
    text = GOOD + "description: |\n  one\n  two\nprot: 1\n"
    assert said(text.replace("\n", end).encode()) == [
        "app.yaml:8:1: error: unknown key 'prot' (did you mean 'port'?) [unknown-key]"
    ]
    sound = text.removesuffix("prot: 1\n")
    windows = read_spec(sound.replace("\n", end).encode(), file="app.yaml")
    assert windows == read_spec(sound.encode(), file="app.yaml")
    assert windows.description == "one\ntwo\n"


def test_an_alias_bomb_is_refused_by_its_size_not_by_its_time() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{c}: &{c} [{', '.join([f'*{chr(ord(c) - 1)}'] * 10)}]" for c in "bcdefghijklmnopqrstuvwxyz"]
    (only,) = said("\n".join(lines).encode())
    assert only == "app.yaml:5:8: error: aliases expand to more than 20,000 nodes [alias-bomb]"


def test_too_many_values_are_refused_though_the_file_is_small() -> None:
    text = GOOD + "env:\n" + "".join(f"  K{i}: v\n" for i in range(20_000))
    (only,) = said(text.encode())
    assert only.endswith("error: the file holds more than 20,000 values [too-large]")


def test_a_mistake_is_reported_once_though_two_workloads_inherit_it() -> None:
    text = "apiVersion: chartgen/v1\nname: shop\nimage: a:latest\nworkloads: {web: {}, worker: {}}\n"
    assert said(text.encode()) == [
        "app.yaml:3:8: error: image: the tag 'latest' moves, so that a restarted pod may run other code [floating-tag]"
    ]


def test_the_caret_stands_below_its_character_on_a_terminal_where_others_are_wide() -> None:
    text = 'env: {"日本": x, e\u0301: y, \N{SMILING FACE WITH OPEN MOUTH}: no}\n'
    for word in ("y", "no"):
        column = text.index(word) + 1
        drawn = excerpt(text, Location("app.yaml", 1, column, 1, column + len(word)))
        line, carets = drawn.splitlines()[1:]
        assert carets.count("^") == len(word)
        before = line[: line.index(word)]
        wide = sum(char in "日本\N{SMILING FACE WITH OPEN MOUTH}" for char in before)
        assert carets.index("^") == len(before) + wide - before.count("\u0301")
