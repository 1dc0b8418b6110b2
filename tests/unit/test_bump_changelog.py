"""A release in a changelog: in the manner of the file, with every other byte as it was."""

from __future__ import annotations

import pytest

from chartgen.changes import Certainty, Compared, DiffReport, Judged, Level
from chartgen.fielddata import CannotEdit
from chartgen.judgements.catalogue import ids
from chartgen.release.changelog import NEW, allowed, holds, listed, unreleased, with_release
from chartgen.release.entries import MOST, UNTOLD, Entry, entries

ENTRIES = (Entry("Added", "a key"), Entry("Changed", "the selector", breaking=True))
FLAT_ENTRIES = "- a key\n- **Breaking:** the selector\n"
KEPT = "### Added\n\n- a key\n\n### Changed\n\n- **Breaking:** the selector\n"


def released(text: str, *told: Entry) -> str:
    found = with_release(text, "1.3.0", day="2026-11-26", entries=told or ENTRIES, previous="1.2.0")
    assert with_release(found, "1.3.0", day="2027-01-01", entries=ENTRIES, previous="1.2.0") == found, "it is there now"
    assert holds(found, "1.3.0")
    return found


KEEP = """\
# Changelog

## [Unreleased]

## [1.2.0] - 2026-01-01

### Fixed
- x
=====
# Changelog

## [Unreleased]

## [1.3.0] - 2026-11-26

### Added

- a key

### Changed

- **Breaking:** the selector

## [1.2.0] - 2026-01-01

### Fixed
- x
"""
FLAT = """\
# Changelog

## 1.2.0 (2026-01-01)

* x
=====
# Changelog

## 1.3.0 (2026-11-26)

* a key
* **Breaking:** the selector

## 1.2.0 (2026-01-01)

* x
"""
SMALL = """\
## <small>1.2.0 (2026-01-01)</small>

* x
=====
## 1.3.0 (2026-11-26)

* a key
* **Breaking:** the selector

## <small>1.2.0 (2026-01-01)</small>

* x
"""
NAMED = """\
### web-v1.2.0 / 2026-01-01

- x
=====
### web-v1.3.0 / 2026-11-26

- a key
- **Breaking:** the selector

### web-v1.2.0 / 2026-01-01

- x
"""
LINKS = """\
## [Unreleased]

## [1.2.0]

- x

[Unreleased]: https://h/compare/web-1.2.0...HEAD
[1.2.0]: https://h/compare/web-1.1.0...web-1.2.0
=====
## [Unreleased]

## [1.3.0]

- a key
- **Breaking:** the selector

## [1.2.0]

- x

[Unreleased]: https://h/compare/web-1.3.0...HEAD
[1.3.0]: https://h/compare/web-1.2.0...web-1.3.0
[1.2.0]: https://h/compare/web-1.1.0...web-1.2.0
"""
LINK = """\
## [1.2.0]

- x

[1.2.0]: https://h/releases/v1.2.0
=====
## [1.3.0]

- a key
- **Breaking:** the selector

## [1.2.0]

- x

[1.3.0]: https://h/releases/v1.3.0
[1.2.0]: https://h/releases/v1.2.0
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("case", [KEEP, FLAT, SMALL, NAMED, LINKS, LINK])
def test_a_release_is_put_in_the_manner_of_the_file(case: str, newline: str) -> None:
    before, after = case.replace("\n", newline).split(f"====={newline}")
    assert released(before) == after


def test_a_changelog_that_begins() -> None:
    assert released(NEW) == f"{NEW}\n## 1.3.0 - 2026-11-26\n\n{KEPT}"


def test_what_people_wrote_is_the_releases_and_only_what_breaks_is_added() -> None:
    text = "## [Unreleased]\n\n### Fixed\n\n- by hand\n\n## [1.2.0]\n\n### Added\n- x\n"
    assert unreleased(text) == "### Fixed\n\n- by hand"
    assert released(text) == (
        "## [Unreleased]\n\n## [1.3.0]\n\n### Fixed\n\n- by hand\n\n### Changed\n\n- **Breaking:** the selector\n\n"
        "## [1.2.0]\n\n### Added\n- x\n"
    )


def test_entries_join_the_category_that_is_there() -> None:
    text = "## Unreleased\n\n### Changed\n\n- by hand\n\n### Security\n\n- safer\n"
    assert released(text).endswith(
        "### Changed\n\n- by hand\n- **Breaking:** the selector\n\n### Security\n\n- safer\n"
    )


def test_what_people_wrote_as_entries() -> None:
    text = "intro\n- first\n  goes on\n\n### Removed\n* **Breaking:** gone\n### Notes\n- **BREAKING**: more\n"
    assert listed(text) == (
        Entry("Changed", "first goes on"),
        Entry("Removed", "gone", breaking=True),
        Entry("Changed", "more", breaking=True),
    )


def test_a_reason_is_read_from_its_own_version_alone() -> None:
    text = released("# Changelog\n", Entry("Changed", "Released although it breaks: nobody uses it", breaking=True))
    assert allowed(text, "1.3.0") == "nobody uses it"
    assert allowed(text, "1.3.1") == allowed("", "1.3.0") == ""


def judged(judgement: str, level: Level, message: str, certainty: Certainty = Certainty.DEFINITE) -> Judged:
    return Judged(judgement, level, certainty, message, "x", advice="do it")


def report(*some: Judged) -> DiffReport:
    return DiffReport(Compared("web", "1.0.0", "a"), Compared("web", "1.1.0", "b"), some)


def test_entries_of_what_was_judged() -> None:
    found = entries(
        report(
            judged("values-key-removed", Level.MAJOR, "values.yaml: 'a' is gone"),
            judged("values-key-added", Level.MINOR, "values.yaml: 'b' is new"),
            judged("image-tag-changed", Level.PATCH, "Deployment/release-name-web: <image>\nchanged"),
            judged("image-tag-changed", Level.PATCH, "Deployment/release-name-web: <image>\nchanged"),
            judged("default-changed", Level.MAJOR, "values.yaml: c", Certainty.LIKELY),
            judged("comment-changed", Level.NONE, "nothing"),
            judged("package-changed", Level.PATCH, "package: x differs"),
            judged("schema-required-added", Level.MAJOR, "values.schema.json: d is required"),
        ),
        commits=("web: talk more (abc)",),
        allowed="all agreed",
    )
    assert found == (
        Entry("Added", "values.yaml: 'b' is new"),
        Entry("Changed", "Released although it breaks: all agreed", breaking=True),
        Entry("Changed", "may break: values.yaml: c; do it", breaking=True),
        Entry("Changed", "values.schema.json: d is required; do it", breaking=True),
        Entry("Changed", "Deployment/web: \\<image> changed"),
        Entry("Changed", "web: talk more (abc)"),
        Entry("Removed", "values.yaml: 'a' is gone; do it", breaking=True),
    )


def test_a_changelog_is_no_diff() -> None:
    found = entries(report(*(judged("x-changed", Level.MINOR, f"x {number}") for number in range(MOST + 5))))
    assert len(found) == MOST
    assert found[-1].text == "6 smaller changes, which `chartgen diff` lists"


def test_what_is_untold_exists() -> None:
    assert set(ids()) >= UNTOLD


TEMPLATE = "<!--\n## [Unreleased]\n## [1.3.0] - template\n-->\n"
EXAMPLE = "```markdown\n## [1.3.0]\n```\n"


@pytest.mark.parametrize("example", [TEMPLATE, EXAMPLE, "~~~\n## 1.3.0\n~~~\n"])
def test_headings_in_comments_and_blocks_of_code_are_examples(example: str) -> None:
    text = f"# Changelog\n\n{example}\n## [1.2.0]\n\n- x\n"
    assert not holds(text, "1.3.0")
    assert unreleased(text) == ""
    assert released(text) == text.replace("## [1.2.0]", f"## [1.3.0]\n\n{FLAT_ENTRIES}\n## [1.2.0]")
    hand = f"- see below\n\n{example}# not a comment\n"
    text = f"## Unreleased\n\n```\n# in a shell\n```\n\n{hand}"
    assert unreleased(text) == "```\n# in a shell\n```\n\n- see below" + f"\n\n{example}".rstrip()


@pytest.mark.parametrize(
    "heading", ["**1.2.0**", "__v1.2.0__ (2026)", "1.2.0 (2026-01-01)\n---", "web-1.2.0\r\n====\r"]
)
def test_releases_that_are_headed_otherwise_are_known_and_left_alone(heading: str) -> None:
    text = f"Changelog\n=========\n\n{heading}\n\n- x\n"
    assert holds(text, "1.2.0")
    assert not holds(text, "1.2")
    with pytest.raises(CannotEdit, match="no headings that begin with #"):
        released(text)


@pytest.mark.parametrize("text", ["```\n", "# Changelog\n\n~~~\nx\n", "# Changelog\n<!-- to be written\n"])
def test_a_block_that_does_not_end_swallows_no_release(text: str) -> None:
    with pytest.raises(CannotEdit, match="does not end"):
        released(text)
