"""Reading YAML as Helm does (held against Helm's own parser), with positions, and within limits."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.location import Location, Pointer
from chartgen.yamlbuild import YamlMap
from chartgen.yamlread import read, read_all
from chartgen.yamlscalar import YamlError

SCALARS = (
    "y n Y N yes No YES on Off ON yEs oN true True TRUE tRue null ~ Null NULL nUll "
    "0 1 -1 +1 01 007 08 09 0_8 0755 -010 +0755 0777777777777777777777777 0o755 0O17 -0o7 0o8 "
    "0b101 0B11 -0b1 0b2 0b 0b1_0 0x1F 0X1F 0xff -0x1 0x 0xg 0x_1 0x8000000000000000 0x10000000000000000 "
    "1_000 1__0 1_ _1 +_7 -_3 1.5_0 1e3 1E3 1e+3 1.5e-3 9E_00 1e 1e+ 1e3.5 1e400 -1e400 1e-400 00e1 0e0 "
    ".5 5. 1.0 1.10 -1.5 +.5 1.e5 .e5 0.0 -0 -0.0 00 08.5 . .. ... -. +. - + _ "
    "9223372036854775807 18446744073709551616 9999999999999999999999 -9223372036854775809 "
    f"{'1' * 308} {'1' * 400} -{'1' * 400} "
    "12:30:45 190:20:30 1:2 2024-01-01 2024-01-01T00:00:00Z = << 1,000 1.2.3 1-2 --1 0x1p3 infinity nan NaN Inf b#c "
    ".inf -.inf +.INF .nan"
)

DOCUMENTS = (
    # keys become text
    "1: a", "1.0: a", "1.5: a", "1234567.5: a", "0.00001: a", "1e3: a", "1e20: a", "123456789: a", ".5: a", "-0: a",
    "true: a", "yes: a", "NO: a", "0x10: a", "010: a", "1_0: x", "'1': a", "2024-01-01: a", "=: 1",
    "~: a", "null: a", ": a", "? a\n: b", "[a]: b", "{a: b}: c", "? [a]\n: b",
    # tags
    "a: !!str 1", "a: !!str", "a: !!str ~", "a: !!str true", "a: !!int '1'", "a: !!int '0x10'", "a: !!int x",
    "a: !!float 1", "a: !!float '1.5'", "a: !!float x", f"a: !!float {'1' * 400}",
    "a: !!bool yes", "a: !!bool 'yes'", "a: !!bool x",
    "a: !!null ''", "a: !!null x", "a: !foo 1", "a: !foo bar", "a: ! 1", "a: !!binary aGk=", "a: !!map {a: 1}",
    "a: !foo {b: 1}", "a: !foo [1]", "a: !!seq [1]",
    # anchors and merge keys
    "a: &x 1\nb: *x", "a: &x {b: 1}\nc: {<<: *x, d: 2}", "a: &x {b: 1}\nc: {d: 2, <<: *x, b: 3}", "a: {<<: 1}",
    "a: {<<: [1]}", "a: {<<: ~}", "a: {'<<': {b: 1}}", "<<: {a: 1}\nb: 2", "a: &x 1\n*x : 2", "a: *nope", "a: &x *x",
    "a: &x {b: 1}\nc: &y {b: 2}\ne: {<<: [*x, *y]}", "a: &x {<<: {q: 1}}\nb: {<<: *x}", "a: &x [*x]",
    # duplicates, documents, styles
    "a: 1\na: 2", "{}", "---\na: 1", "a: 1\n...\n", "%YAML 1.1\n---\na: 1",
    "%YAML 1.2\n---\na: yes", "%FOO x\n---\na: 1",
    "a:", "a: ''", "a: |\n  x\n  y\n", "a: >\n  x\n  y\n", "a: 'it''s'", 'a: "\\u00e9\\x41\\t"', "a: b # c", "a: 'y'",
    "a: [1, 2,]", "a: {b, c}", "a: {b: , c: }", "a: [ , ]", "a: ?", "a: :", "a: - b", "a:\n- 1\n- 2", "'a': 1",
    # broken, and characters
    "a: @x", "a: `x", "a: %x", "\ta: 1", "a:\t1", "a: 1\t", "a: b: c", "a: {b: 1}}", 'a: "x', "a:\n  - 1\n b: 2",
    'a: "x\ty"', "a: \x85b", "a: \u2028b", "a: \u00e9", "a: \U0001f600", "a: \ufeffb", "\ufeffa: 1", "a: \x7f",
    "a: \x01", 'a: "\\ud83d\\ude00"', 'a: "\\ud800"',
)  # fmt: skip


def same(ours: Any, theirs: Any) -> bool:
    """Equality as JSON sees it: 1 and 1.0 are one number, true and 1 are not."""
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return float(ours) == float(theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return type(ours) is type(theirs) and bool(ours == theirs)


def ours(text: str) -> Any:
    try:
        return read(text).data
    except YamlError:
        return "refused"


def helms(text: str) -> Any:
    helm = pytest.importorskip("helm_python")
    try:
        return helm.values_from_yaml(text)
    except helm.HelmValuesError:
        return "refused"


@pytest.mark.parametrize("scalar", SCALARS.split())
def test_scalars_are_read_as_helm_reads_them(scalar: str) -> None:
    text = f"a: {scalar}\n"
    assert same(ours(text), helms(text)), f"{ours(text)!r} and not {helms(text)!r}"


@pytest.mark.parametrize("index", range(len(DOCUMENTS)))
def test_documents_are_read_as_helm_reads_them(index: int) -> None:
    text = DOCUMENTS[index] + "\n"
    assert same(ours(text), helms(text)), f"{text!r}: {ours(text)!r} and not {helms(text)!r}"


def test_an_empty_text_has_no_data() -> None:
    assert read("").data is None
    assert read("# only a comment\n---\n").data is None
    assert read_all("---\n---\n# nothing\n") == ()


def test_every_document_of_a_text() -> None:
    documents = read_all("---\na: 1\n---\n---\nb: 2\n", first_line=10)
    assert [document.data for document in documents] == [{"a": 1}, {"b": 2}]
    assert str(documents[1].locate(Pointer(("b",)), file="f")) == "f:14:4"


def test_a_second_document_is_refused_where_one_is_wanted() -> None:
    with pytest.raises(YamlError) as caught:
        read("a: 1\n---\nb: 2\n")
    assert (caught.value.message, caught.value.line, caught.value.column) == ("a second document begins here", 3, 1)


@pytest.mark.parametrize(
    ("parts", "key", "place"),
    [
        (("a",), False, (1, 4, 1, 5)),
        (("a",), True, (1, 1, 1, 2)),
        (("b", "c"), False, (3, 6, 3, 9)),
        (("b",), True, (2, 1, 2, 2)),
        (("d", 1), False, (4, 8, 4, 9)),
        (("e",), False, (5, 1, 5, 2)),
        (("f", "g"), False, (6, 8, 6, 11)),
    ],
    ids=["value", "key", "nested", "key-of-mapping", "item", "left-out", "flow"],
)
def test_positions(parts: tuple[str | int, ...], key: bool, place: tuple[int, int, int, int]) -> None:
    document = read("a: 1\nb:\n  c: 'x'\nd: [1, 2]\ne:\nf: {g: two}\n")
    found = document.locate(Pointer(parts), key=key, file="f.yaml")
    assert found == Location("f.yaml", *place, pointer=Pointer(parts))


def test_a_place_that_is_not_there_is_that_of_what_holds_it_and_not_exact() -> None:
    found = read("a:\n  b: 1\n").locate(Pointer(("a", "x", "y")), file="f.yaml")
    assert (found.line, found.column, found.exact) == (1, 1, False)


def test_positions_count_from_the_line_at_which_the_text_began() -> None:
    assert read("a: 1\n", first_line=41).locate(Pointer(("a",))).line == 41
    with pytest.raises(YamlError) as caught:
        read("a: 1\nb: [\n", first_line=41)
    assert caught.value.line is not None
    assert caught.value.line >= 42


def test_duplicate_keys_are_told_with_both_places_and_the_last_wins() -> None:
    document = read("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert document.data == {"a": 3, "b": {"c": 2}}
    assert [(str(d.pointer), d.line, d.column, d.first_line) for d in document.duplicates] == [
        ("/b/c", 2, 11, 2),
        ("/a", 3, 1, 1),
    ]


def test_a_merged_key_stands_where_it_was_written() -> None:
    document = read("base: &b\n  x: 1\nuse:\n  <<: *b\n  z: 2\n")
    assert document.data["use"] == {"x": 1, "z": 2}
    assert document.locate(Pointer(("use", "x"))).line == 2
    assert document.duplicates == ()


def test_an_unclosed_quote_is_shown_where_it_begins() -> None:
    with pytest.raises(YamlError) as caught:
        read('a: 1\nb: "x\nc: 2\n')
    assert (caught.value.line, caught.value.column) == (2, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: " + "[" * 300 + "]" * 300, "nested deeper than 200 levels"),
        ("a: &a [*a]", "anchor 'a' contains itself"),
        ("a: *b", "unknown anchor 'b'"),
        ("[a, b]: c", "a mapping or a sequence cannot be a key"),
        ("~: c", "a key cannot be null"),
        ("a: .nan", ".nan has no meaning in JSON, and so none in Kubernetes"),
        ("a: {<<: 1}", "a merge key '<<' takes a mapping or a list of mappings"),
        ("a: !!int x", "'x' is no int"),
        ("%YAML 1.2\n--- {}", "Helm reads YAML 1.1 only"),
    ],
    ids=["deep", "itself", "unknown", "collection-key", "null-key", "nan", "merge", "tag", "version"],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(YamlError) as caught:
        read(text)
    assert caught.value.message == message
    assert caught.value.line == 1


def test_aliases_cannot_explode() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{c}: &{c} [{', '.join([f'*{chr(ord(c) - 1)}'] * 10)}]\n" for c in "bcdefghij"
    )
    with pytest.raises(YamlError, match="aliases expand to more than 500,000 nodes"):
        read(bomb)
    with pytest.raises(YamlError, match="aliases expand to more than 100 nodes"):
        read(bomb, most_nodes=100)
    with pytest.raises(YamlError, match="holds more than 4 values"):
        read("a: [1, 2, 3]", most_nodes=4)
    assert read("a: [1, 2, 3]", most_nodes=6).data == {"a": [1, 2, 3]}


def test_data_are_plain_mappings_and_lists() -> None:
    data = read("a: [{b: 1}]").data
    assert isinstance(data, YamlMap)
    assert data == {"a": [{"b": 1}]}


@pytest.mark.parametrize(
    ("text", "line", "column"), [("a: 1\nb: \x00\n", 11, 4), ("b: x\x0cy\n", 10, 5), ("a: \ud800\n", 10, 4)]
)
def test_a_character_that_is_not_allowed_has_a_place(text: str, line: int, column: int) -> None:
    with pytest.raises(YamlError) as caught:
        read(text, first_line=10)
    assert (caught.value.line, caught.value.column) == (line, column)
