"""One file that both a person and the generator have changed: what comes out, and what is a conflict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chartgen.chart.gitmerge import merge_file
from chartgen.errors import CannotDo
from chartgen.regenerate.base import Recorded
from chartgen.regenerate.merge import Merged, Side, merge
from chartgen.yamlread import read

VALUES = """\
# Values of web.

# -- Number of pods
replicaCount: 2

image:
  repository: ghcr.io/acme/web
  tag: "1.0.0" # quoted
  pullPolicy: IfNotPresent

resources:
  requests: {cpu: 100m, memory: 64Mi}
hosts:
  - host: a.example.com
    path: /
ingress: {}
"""


def merged(base: str, mine: str, new: str, *, path: str = "values.yaml", side: Side | None = None) -> Merged:
    return merge(path, Recorded.of(base.encode()), mine.encode(), new.encode(), side=side)


def text(base: str, mine: str, new: str, *, path: str = "values.yaml", side: Side | None = None) -> str:
    found = merged(base, mine, new, path=path, side=side)
    assert side or found.conflicts == ()
    return found.content.decode()


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_neighbouring_values_are_no_conflict() -> None:
    mine = changed(VALUES, ("ghcr.io/acme/web", "registry.example.com/web"), ("IfNotPresent", "Always"))
    new = changed(VALUES, ('"1.0.0"', '"1.1.0"'))
    assert text(VALUES, mine, new) == changed(mine, ('"1.0.0"', '"1.1.0"'))
    assert text(VALUES, new, mine) == changed(mine, ('"1.0.0"', '"1.1.0"'))


def test_values_in_brackets_and_lists_are_merged_each_by_itself() -> None:
    mine = changed(VALUES, ("cpu: 100m", "cpu: 250m"), ("a.example.com", "b.example.com"))
    new = changed(VALUES, ("memory: 64Mi", "memory: 128Mi"), ("path: /", "path: /api"))
    wanted = changed(mine, ("memory: 64Mi", "memory: 128Mi"), ("path: /", "path: /api"))
    assert text(VALUES, mine, new) == wanted


def test_what_was_added_stands_beside_values_that_changed() -> None:
    mine = changed(VALUES, ("  pullPolicy", "  # ours\n  digest: abc\n  pullPolicy"))
    new = changed(VALUES, ('"1.0.0"', '"1.1.0"'), ("IfNotPresent", "Always"))
    assert text(VALUES, mine, new) == changed(new, ("  pullPolicy", "  # ours\n  digest: abc\n  pullPolicy")), (
        "a person's key and comment"
    )
    assert text(VALUES, new, mine) == text(VALUES, mine, new), "the generator's"


def test_both_change_one_value_alike() -> None:
    both = changed(VALUES, ("replicaCount: 2", "replicaCount: 3"))
    mine = changed(both, ("IfNotPresent", "Always"))
    assert text(VALUES, mine, both) == mine


def test_quotes_are_no_change_of_a_value() -> None:
    mine = changed(VALUES, ('tag: "1.0.0"', "tag: '1.0.0'"))
    new = changed(VALUES, ('tag: "1.0.0"', 'tag: "1.1.0"'))
    assert text(VALUES, mine, new) == new


def test_a_value_that_both_change_is_a_conflict_on_its_key() -> None:
    mine = changed(VALUES, ("replicaCount: 2", "replicaCount: 3"), ("IfNotPresent", "Always"))
    new = changed(VALUES, ("replicaCount: 2", "replicaCount: 4"), ('"1.0.0"', '"1.1.0"'))
    (one,) = merged(VALUES, mine, new).conflicts
    assert (one.line, one.column, one.key, one.mine, one.new, one.base) == (4, 15, "replicaCount", "3", "4", "2")
    assert one.message == "replicaCount is 3 here, and is now generated as 4; it was 2"
    assert text(VALUES, mine, new, side="mine") == changed(mine, ('"1.0.0"', '"1.1.0"'))
    assert text(VALUES, mine, new, side="generated") == changed(new, ("IfNotPresent", "Always"))


def test_an_empty_value_that_both_fill_is_a_conflict() -> None:
    mine = changed(VALUES, ("ingress: {}", "ingress:\n  host: a"))
    new = changed(VALUES, ("ingress: {}", "ingress:\n  host: b\n  tls: true"))
    (one,) = merged(VALUES, mine, new).conflicts
    assert (one.line, one.message) == (17, "you edited a line that is now generated otherwise")
    assert one.hint == "now generated:\n  host: b\n  tls: true"
    assert text(VALUES, mine, new, side="mine") == mine
    assert text(VALUES, mine, new, side="generated") == new


def test_an_edit_in_a_block_that_is_no_longer_generated_is_told_where_it_is() -> None:
    block = "worker:\n" + "".join(f"  a{number}: {number}\n" for number in range(9))
    (one,) = merged(VALUES + block, changed(VALUES + block, ("a7: 7", "a7: 70")), VALUES).conflicts
    assert (one.line, one.message) == (25, "you edited a block of 10 lines that is no longer generated")
    (one,) = merged(VALUES + block, VALUES, changed(VALUES + block, ("a7: 7", "a7: 70"))).conflicts
    assert one.message == "you took out what is now generated otherwise"
    assert one.hint.endswith("\n... and 7 more lines")


def test_a_merge_by_line_that_means_something_else_is_refused() -> None:
    base = "a:\n  x: 1\n  y: 1\n  z: 1\n\nb:\n  p: 1\n  q: 1\n  r: 1\n"
    mine = changed(base, ("a:\n", "a:\n  new: 1\n"))
    new = changed(base, ("  z: 1\n", "  z: 1\n  new: 2\n"))
    (one,) = merged(base, mine, new).conflicts
    assert one.line == 2
    assert one.message == (
        "you edited a file that is now generated otherwise; merged by line, a.new would be what neither side says"
    )
    assert text(base, mine, new, side="mine") == mine
    assert text(base, mine, new, side="generated") == new


def test_a_key_that_both_add_elsewhere_is_not_there_twice() -> None:
    base = "a: 1\nb: 2\nc: 3\nd: 4\n"
    mine, new = f"x: 1\n{base}", f"{base}x: 1\n"
    (one,) = merged(base, mine, new).conflicts
    assert (one.line, one.message.split("; ")[1]) == (1, "merged by line, x would be there twice")
    assert text(base, mine, new, side="mine") == mine
    assert text(base, mine, new, side="generated") == new
    twice = f"{base}b: 2\n"
    assert text(twice, changed(twice, ("a: 1", "a: 9")), f"{twice}x: 1\n") == "a: 9\nb: 2\nc: 3\nd: 4\nb: 2\nx: 1\n"


def test_taking_a_side_of_one_conflict_leaves_no_other_value_wrong() -> None:
    base = "a:\n  x: 1\n  y: 1\n  z: 1\n\nb:\n  p: 1\n  q: 1\n\nk:\n  l: 1\n"
    mine = changed(base, ("a:\n", "a:\n  new: 1\n"), ("l: 1", "l: 2"))
    new = changed(base, ("  z: 1\n", "  z: 1\n  new: 2\n"), ("l: 1", "l:\n    m: 3"))
    (one,) = merged(base, mine, new).conflicts
    assert one.message.endswith("a.new would be what neither side says")
    assert text(base, mine, new, side="mine") == mine
    assert text(base, mine, new, side="generated") == new


def env(*pairs: tuple[str, str]) -> str:
    return "env:\n" + "".join(f"  - name: {name}\n    value: {value}\n" for name, value in pairs) + "\nend: 1\n"


@pytest.mark.parametrize(
    ("base", "mine", "new"),
    [
        (env(("A", "1"), ("B", "1")), env(("B", "1"), ("C", "1")), env(("A", "2"), ("B", "1"))),
        (env(("A", "1"), ("B", "1")), env(("C", "1"), ("B", "1")), env(("A", "2"), ("B", "1"))),
        ("args: [--a, x, x]\n", "args: [x, x, --c]\n", "args: [--a, y, x]\n"),
        (
            "hosts:\n  - host: a\n    path: /\n  - host: b\n    path: /\n",
            "hosts:\n  - host: b\n    path: /\n  - host: c\n    path: /\n",
            "hosts:\n  - host: a\n    path: /api\n  - host: b\n    path: /\n",
        ),
    ],
)
def test_an_item_that_took_the_place_of_another_does_not_get_its_value(base: str, mine: str, new: str) -> None:
    assert merged(base, mine, new).conflicts
    assert merged(base, new, mine).conflicts
    assert text(base, mine, new, side="mine") == mine


def test_keys_that_yaml_reads_as_others_are_left_to_the_lines() -> None:
    base = "yes:\n  - a\n<<: {m: 1}\nb: 1\nc: 2\n"
    mine, new = changed(base, ("b: 1", "b: 2")), changed(base, ("c: 2", "c: 3"), ("- a", "- z"))
    assert text(base, mine, new) == changed(new, ("b: 1", "b: 2"))


def test_json_stays_json() -> None:
    base = json.dumps({"a": {"b": 1, "c": [1, 2]}, "d": "x"}, indent=2) + "\n"
    mine = changed(base, ('"b": 1', '"b": 2'))
    new = changed(base, ("1,\n      2", "1,\n      3"), ('"d": "x"', '"d": "x",\n  "e": 1'))
    found = json.loads(text(base, mine, new, path="values.schema.json"))
    assert found == {"a": {"b": 2, "c": [1, 3]}, "d": "x", "e": 1}
    mine = changed(base, ('"d": "x"', '"d": "x",\n  "f": 1'))
    (one,) = merged(base, mine, new, path="values.schema.json").conflicts
    assert one.message == "you edited a line that is now generated otherwise"


def test_templates_are_merged_by_line() -> None:
    base = "a: {{ x }}\nb: 1\nc: 1\nd: 1\n"
    path = "templates/a.yaml"
    assert text(base, changed(base, ("a:", "# a\na:")), changed(base, ("d: 1", "d: 2")), path=path) == (
        "# a\na: {{ x }}\nb: 1\nc: 1\nd: 2\n"
    )
    mine, new = changed(base, ("b: 1", "b: 2")), changed(base, ("b: 1", "b: 3"))
    found = merged(base, mine, new, path=path)
    assert found.content.decode() == "a: {{ x }}\n<<<<<<< yours\nb: 2\n=======\nb: 3\n>>>>>>> generated\nc: 1\nd: 1\n"
    (one,) = found.conflicts
    assert (one.line, one.message, one.hint) == (
        2, "you edited a line that is now generated otherwise", "now generated:\nb: 3",
    )  # fmt: skip
    assert text(base, mine, new, path=path, side="generated") == new


def test_the_rows_of_a_table_are_merged_each_by_itself() -> None:
    base = "# web\n\n| key | default |\n|---|---|\n| `a` | 1 |\n| `b` | 1 |\n| `c` | 1 |\n\nend\n"
    mine = changed(base, ("| `b` | 1 |", "| `b` | 2 |"))
    new = changed(base, ("| `a` | 1 |", "| `a` | 5 |"), ("| `c` | 1 |", "| `c` | 5 |\n| `d` | 5 |"))
    assert text(base, mine, new, path="README.md") == changed(new, ("| `b` | 1 |", "| `b` | 2 |"))
    new = changed(new, ("| `b` | 1 |", "| `b` | 5 |"))
    (one,) = merged(base, mine, new, path="README.md").conflicts
    assert (one.line, one.mine, one.new) == (6, "| `b` | 2 |\n", "| `b` | 5 |\n")


def test_markers_in_a_text_are_text() -> None:
    rule = "=" * 7
    base = f"<<<<<<< mine\n{rule}\nTitle\n{'=' * 12}\n\none\ntwo\nthree\n"
    mine, new = changed(base, ("Title", "Mine")), changed(base, ("Title", "New"), ("three", "3"))
    found = merged(base, mine, new, path="README.md")
    assert [(one.line, one.mine, one.new) for one in found.conflicts] == [(3, "Mine\n", "New\n")]
    assert text(base, mine, new, path="README.md", side="mine") == changed(mine, ("three", "3"))


@pytest.mark.parametrize("path", ["README.md", "values.yaml"])
def test_line_ends_and_a_bom_are_the_persons(path: str) -> None:
    mine = "\ufeff" + changed(VALUES, ("replicaCount: 2", "replicaCount: 3")).replace("\n", "\r\n")
    new = changed(VALUES, ("path: /", "path: /api"))
    wanted = "\ufeff" + changed(new, ("replicaCount: 2", "replicaCount: 3")).replace("\n", "\r\n")
    assert text(VALUES, mine, new, path=path) == wanted


def test_the_end_of_the_last_line_is_whose_changed_it() -> None:
    base = "a\nb\nc\nd\ne\n"
    assert text(base, "A\nb\nc\nd\ne", "a\nb\nc\nd\nE\n", path="x") == "A\nb\nc\nd\nE"
    assert text(base, "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE", path="x") == "A\nb\nc\nd\nE"


def test_other_characters_that_end_a_line_elsewhere_do_not() -> None:
    base = "a\u2028a\nb\x0bb\nc\rc\nd\ne\n"
    mine, new = changed(base, ("a\u2028a", "A\u2028a")), changed(base, ("e", "E"))
    assert text(base, mine, new, path="x") == changed(mine, ("e", "E"))
    (one,) = merged(base, mine, changed(base, ("a\u2028a", "B\u2028a")), path="x").conflicts
    assert one.line == 1


def test_what_is_no_text_is_a_conflict_as_a_whole() -> None:
    base = Recorded.of(b"\xff\x00")
    found = merge("files/logo.png", base, b"\xff\x01", b"\xff\x02")
    assert (found.content, found.conflicts[0].line) == (b"\xff\x01", None)
    assert found.conflicts[0].message == "you replaced a file that is no text, and it is now generated otherwise"
    assert merge("files/logo.png", base, b"\xff\x01", b"\xff\x02", side="generated").content == b"\xff\x02"
    (one,) = merge("values.yaml", Recorded.of(b"a: e\n"), b"a: \xe9\n", b"a: f\n").conflicts
    assert one.message == "it is not UTF-8 text here or in what is now generated, so that the two cannot be merged"


def test_without_git_values_are_merged_and_lines_are_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    mine, new = changed(VALUES, ("replicaCount: 2", "replicaCount: 3")), changed(VALUES, ('"1.0.0"', '"1.1.0"'))
    assert text(VALUES, mine, new) == changed(mine, ('"1.0.0"', '"1.1.0"'))
    (one,) = merged(VALUES, changed(VALUES, ("# Values", "# Our values")), new, path="README.md").conflicts
    assert one.message == (
        "you edited a file that is now generated otherwise; git, which would merge the two, is not on PATH"
    )


def test_a_git_that_may_not_be_run_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert merge_file(b"a\n", b"b\n", b"c\n", marker=7) is None


def test_where_nothing_can_be_written_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(CannotDo, match=r"^two texts cannot be merged: no such file or directory$"):
        merge_file(b"a\n", b"b\n", b"c\n", marker=7)


def test_nobodys_settings_change_a_merge(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    arguments = (b"a\nb\nc\n", b"a\nB\nc\n", b"a\nX\nc\n")
    plain = merge_file(*arguments, marker=7)
    assert plain == b"a\n<<<<<<< mine\nB\n=======\nX\n>>>>>>> new\nc\n"
    settings = {"merge.conflictStyle": "diff3", "diff.algorithm": "nonsense", "core.eol": "crlf"}
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(settings)))
    for number, (name, value) in enumerate(settings.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", name)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    assert merge_file(*arguments, marker=7) == plain


def test_an_alias_elsewhere_is_not_torn_apart() -> None:
    base = "a: &x 1\nb: 2\nc: *x\nd: 4\n"
    mine, new = changed(base, ("b: 2", "b: 3")), changed(base, ("&x 1", "&x 5"), ("d: 4", "d: 5"))
    found = merged(base, mine, new)
    assert found.conflicts or read(found.content.decode()).data == {"a": 5, "b": 3, "c": 5, "d": 5}


def test_a_side_is_not_taken_where_an_alias_would_lead_nowhere() -> None:
    base = "a: 1\nb: 2\nc: 3\nd: 4\n"
    mine = "a: &x 5\nb: 2\nc: 3\nd: *x\n"
    new = changed(base, ("a: 1", "a: 9"))
    (one,) = merged(base, mine, new).conflicts
    assert one.message.endswith("merged by line, it would be what neither side says")
    assert text(base, mine, new, side="mine") == mine
    assert text(base, mine, new, side="generated") == new


def test_a_file_that_a_person_broke_is_merged_by_line() -> None:
    mine = changed(VALUES, ("image:\n", "image: [\n"))
    new = changed(VALUES, ("path: /", "path: /api"))
    assert text(VALUES, mine, new) == changed(mine, ("path: /", "path: /api"))
