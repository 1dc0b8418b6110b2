"""index.yaml: a version is added in its place, and not a byte else changes; a published version stays what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from chartgen.fielddata import CannotEdit
from chartgen.release.index import AlreadyPublished, entry, with_entry
from chartgen.release.package import Package, package
from chartgen.yamlread import read

from ..unit.engine_support import HELM, chart, helm, needs_helm

NOW = "2026-01-02T03:04:05Z"


def made(version: str = "1.0.0", name: str = "c", **extra: str) -> Package:
    more = "".join(f"{key}: {value}\n" for key, value in extra.items())
    return package(chart("x: 1\n", chart_yaml=f"apiVersion: v2\nname: {name}\nversion: {version}\n{more}"))


def added(text: str, *packages: Package, url: str = "", created: str = NOW) -> str:
    for one in packages:
        text = with_entry(text, entry(one, url=url, created=created))
    return text


def versions(text: str, name: str = "c") -> list[str]:
    return [one["version"] for one in read(text).data["entries"][name]]


def test_a_first_index() -> None:
    one = made(description='"A: b"', appVersion='"7"')
    assert added("", one, url="https://example.com/charts/") == (
        "apiVersion: v1\n"
        "entries:\n"
        "  c:\n"
        "  - apiVersion: v2\n"
        '    appVersion: "7"\n'
        f'    created: "{NOW}"\n'
        '    description: "A: b"\n'
        f'    digest: "{one.digest}"\n'
        "    name: c\n"
        "    urls:\n"
        '    - "https://example.com/charts/c-1.0.0.tgz"\n'
        '    version: "1.0.0"\n'
        f'generated: "{NOW}"\n'
    )


def test_the_newest_version_stands_first_whatever_the_order() -> None:
    order = ("1.0.0", "1.10.0", "1.2.0", "2.0.0-rc.1", "2.0.0")
    text = added("", *map(made, order))
    assert versions(text) == ["2.0.0", "2.0.0-rc.1", "1.10.0", "1.2.0", "1.0.0"]
    assert added("", *map(made, reversed(order))) == text


def test_charts_stand_by_name() -> None:
    text = added("", made(name="m"), made(name="z"), made(name="a"), made(name="o"))
    assert list(read(text).data["entries"]) == ["a", "m", "o", "z"]


THEIRS = """\
# ours
apiVersion: v1
entries:
    # the good one
    c:
        - version: 2.0.0   # latest
          name: c
          digest: '0'
          created: 2020-01-01T00:00:00Z
        -   name: c
            digest: "1"
            version: "1.0.0"
    other:
        - {name: other, version: 1.0.0}
generated: 2020-01-01T00:00:00Z # by hand
"""


@pytest.mark.parametrize(("version", "line"), [("3.0.0", 5), ("1.5.0", 9), ("0.1.0", 12)])
def test_what_somebody_else_wrote_keeps_every_byte(version: str, line: int) -> None:
    text = added(THEIRS, made(version))
    lines = text.splitlines(keepends=True)
    new = lines[line : line + 7]
    assert new[0] == "        - apiVersion: v2\n"
    assert {one[:10] for one in new[1:]} == {" " * 10}
    kept = "".join(lines[:line] + lines[line + 7 :])
    assert kept == THEIRS.replace("2020-01-01T00:00:00Z # by", f"{NOW} # by")


def test_line_ends_stay() -> None:
    text = added(THEIRS.replace("\n", "\r\n"), made("3.0.0"))
    assert text.count("\n") == text.count("\r\n") == THEIRS.count("\n") + 7


def test_an_index_without_a_last_line_end() -> None:
    text = "entries:\n  c:\n  - name: c\n    version: 2.0.0"
    assert versions(added(text, made())) == ["2.0.0", "1.0.0"]


@pytest.mark.parametrize("none", ["{}", "{ }  # none yet", "", "null", "~ # x"])
@pytest.mark.parametrize("end", ["\ngenerated: 2020-01-01T00:00:00Z\n", "\n", ""])
def test_an_index_without_entries_begins(none: str, end: str) -> None:
    text = added(f"apiVersion: v1\nentries: {none}{end}", made(), made("2.0.0"))
    assert versions(text) == ["2.0.0", "1.0.0"]
    assert text.startswith("apiVersion: v1\nentries:")
    assert ("#" in none) == ("#" in text)
    assert text.endswith(f"\ngenerated: {NOW}\n") or "generated" not in end


def test_the_same_package_changes_nothing() -> None:
    text = added("", made())
    assert added(text, made(), created="2030-01-01T00:00:00Z") == text
    with_prefix = text.replace('digest: "', 'digest: "sha256:')
    assert added(with_prefix, made()) == with_prefix


def test_a_published_version_is_not_replaced() -> None:
    text = added("", made())
    with pytest.raises(AlreadyPublished, match=r"^c 1\.0\.0 is published already, with other bytes$") as caught:
        added(text, made(description="new"))
    assert caught.value.digest == made().digest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [\n", "it is no YAML: "),
        ("- a\n", "it is no index of a chart repository: it has no 'entries'"),
        ("entries: [a]\n", "its 'entries' are no mapping"),
        ("entries:\n  c: []\n", "the entries of 'c' are not written line by line"),
        ("entries:\n  c: x\n", "the entries of 'c' are no list"),
        ("entries: {c: [{version: 0.1.0}]}\n", "its 'entries' are not written line by line"),
        ("entries:\n  c: &a\n  - version: 0.1.0\n  d: *a\n", "the entries of 'c' are not written line by line"),
    ],
)
def test_what_cannot_be_added_to(text: str, reason: str) -> None:
    with pytest.raises(CannotEdit) as caught:
        added(text, made())
    assert str(caught.value).startswith(reason)


@needs_helm
def test_helm_finds_what_is_in_the_index(tmp_path: Path) -> None:
    text = added("", made(), made("1.1.0"), made(name="d"), url=f"file://{tmp_path}")
    (tmp_path / "index.yaml").write_text(text)
    for one in (made(), made("1.1.0"), made(name="d")):
        (tmp_path / one.name).write_bytes(one.data)
    assert HELM
    merged = tmp_path / "merged"
    merged.mkdir()
    answer = helm("repo", "index", merged, "--merge", tmp_path / "index.yaml")
    assert answer.returncode == 0, answer.stderr
    theirs = read((merged / "index.yaml").read_text()).data["entries"]
    assert theirs == read(text).data["entries"]
