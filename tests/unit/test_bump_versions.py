"""What a step of a version allows, and which version is next."""

from __future__ import annotations

import pytest

from chartgen.changes import Level
from chartgen.errors import CannotDo, InvalidInput
from chartgen.release.plan import Wanted, plan
from chartgen.release.versions import Written, allows, following, raised

NONE, PATCH, MINOR, MAJOR = Level
BELOW = "below 1.0.0 a minor version plays major's part"
GRADUATES = "1.0.0 leaves 0.x: from now on a breaking change needs a major version"
LOWER = "a pre-release of 1.3.0, which stands there already, would be lower"


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        ("1.2.3", "1.2.3", NONE),
        ("1.2.3", "1.2.2", NONE),
        ("1.2.3", "1.2.3+5", NONE),
        ("1.2.3", "1.2.4", PATCH),
        ("1.2.3", "1.3.0", MINOR),
        ("1.2.3", "2.0.0", MAJOR),
        ("1.2.3", "2.0.0-rc.1", MAJOR),
        ("1.2.3", "1.3.0-rc.1", MINOR),
        ("1.3.0-rc.1", "1.3.0-rc.2", MAJOR),
        ("1.3.0-rc.1", "1.3.0", MAJOR),
        ("1.3.0", "1.3.0-rc.1", NONE),
        ("0.4.1", "0.4.2", MINOR),
        ("0.4.1", "0.5.0", MAJOR),
        ("0.0.1", "0.0.2", MAJOR),
        ("0.4.1", "1.0.0", MAJOR),
        ("v1.2", "v1.2.1", PATCH),
    ],
)
def test_what_a_step_allows(old: str, new: str, level: Level) -> None:
    assert allows(Written.parse(old), Written.parse(new)) is level


@pytest.mark.parametrize(
    ("old", "level", "new"),
    [
        ("1.2.3", NONE, "1.2.3"),
        ("1.2.3", PATCH, "1.2.4"),
        ("1.2.3", MINOR, "1.3.0"),
        ("1.2.3+7", MAJOR, "2.0.0"),
        ("v1.2.3", PATCH, "v1.2.4"),
        ("0.4.1", MAJOR, "0.5.0"),
        ("0.4.1", MINOR, "0.4.2"),
        ("0.0.3", MAJOR, "0.0.4"),
        ("1.3.0-rc.1", MAJOR, "1.3.0"),
        ("1.2", PATCH, "1.2.1"),
    ],
)
def test_the_lowest_version_that_is_enough(old: str, level: Level, new: str) -> None:
    found = following(Written.parse(old), level)
    assert str(found) == new
    assert allows(Written.parse(old), found).at_least(level)


@pytest.mark.parametrize(
    ("old", "part", "new"),
    [
        ("1.2.3", PATCH, "1.2.4"),
        ("1.2.3", MINOR, "1.3.0"),
        ("1.2.3", MAJOR, "2.0.0"),
        ("0.4.1", MAJOR, "0.5.0"),
        ("0.4.1", MINOR, "0.5.0"),
        ("0.4.1", PATCH, "0.4.2"),
        ("0.0.3", MAJOR, "0.1.0"),
        ("1.3.0-rc.1", PATCH, "1.3.0"),
        ("1.3.0-rc.1", MINOR, "1.3.0"),
        ("1.3.0-rc.1", MAJOR, "2.0.0"),
        ("1.3.1-rc.1", MINOR, "1.4.0"),
        ("2.0.0-rc.1", MAJOR, "2.0.0"),
    ],
)
def test_a_part_is_raised(old: str, part: Level, new: str) -> None:
    assert str(raised(Written.parse(old), part)) == new


@pytest.mark.parametrize(
    ("released", "declared", "required", "wanted", "expected"),
    [
        ("1.2.0", "1.2.0", NONE, Wanted(), "1.2.0"),
        ("1.2.0", "1.2.0", MINOR, Wanted(), "1.3.0"),
        ("1.2.0", "1.3.0", MINOR, Wanted(), "1.3.0"),
        ("1.2.0", "1.2.1", MINOR, Wanted(), "1.3.0"),
        ("1.2.0", "1.4.0", MAJOR, Wanted(), "2.0.0"),
        ("1.2.0", "1.3.0-rc.2", MINOR, Wanted(), "1.3.0"),
        ("1.2.0", "1.3.0-rc.2", MAJOR, Wanted(), "2.0.0"),
        ("1.2.0", "1.2.0", MINOR, Wanted(pre="rc"), "1.3.0-rc.1"),
        ("1.2.0", "1.3.0-rc.1", MINOR, Wanted(pre="rc"), "1.3.0-rc.2"),
        ("1.2.0", "1.3.0-rc1", PATCH, Wanted(pre="rc"), "1.3.0-rc2"),
        ("1.2.0", "1.3.0-rc", PATCH, Wanted(pre="rc"), "1.3.0-rc.2"),
        ("1.2.0", "1.3.0-beta.3", MINOR, Wanted(pre="rc"), "1.3.0-rc.1"),
        ("1.2.0", "1.3.0-rc.1", MAJOR, Wanted(pre="rc"), "2.0.0-rc.1"),
        ("1.2.0", "1.2.0", NONE, Wanted(pre="rc"), "1.2.0"),
        ("1.2.0", "1.2.0", PATCH, Wanted(part=MINOR), "1.3.0"),
        ("1.2.0", "1.2.0", PATCH, Wanted(version="2.0.0"), "2.0.0"),
        ("1.2.0", "1.2.0", MAJOR, Wanted(part=PATCH, allow_breaking="nobody uses it"), "1.2.1"),
        ("0.4.1", "0.4.1", MAJOR, Wanted(), "0.5.0"),
        ("0.4.1", "0.4.1", MAJOR, Wanted(version="1.0.0"), "1.0.0"),
        ("", "0.1.0", NONE, Wanted(), "0.1.0"),
        ("", "0.1.0-rc.1", NONE, Wanted(), "0.1.0"),
        ("", "0.1.0", NONE, Wanted(part=MINOR), "0.2.0"),
        ("1.0.0-rc.1", "1.0.0-rc.1", MAJOR, Wanted(pre="rc"), "1.0.0-rc.2"),
    ],
)
def test_plans(released: str, declared: str, required: Level, wanted: Wanted, expected: str) -> None:
    found = plan("web", released=released, declared=declared, required=required, wanted=wanted)
    assert found.next == expected
    assert found.enough or wanted.allow_breaking
    assert found.raises is (found.next != declared)


@pytest.mark.parametrize(
    ("released", "required", "wanted", "version"),
    [
        ("1.2.0", MAJOR, Wanted(part=MINOR), "1.3.0"),
        ("1.2.0", MINOR, Wanted(version="1.2.1"), "1.2.1"),
        ("0.4.1", MAJOR, Wanted(part=PATCH), "0.4.2"),
    ],
)
def test_a_version_below_what_is_required_is_refused(
    released: str, required: Level, wanted: Wanted, version: str
) -> None:
    with pytest.raises(InvalidInput) as raised_error:
        plan("web", released=released, declared=released, required=required, wanted=wanted, because=("web: gone",))
    assert raised_error.value.message == (
        f"web: {version} is below what has changed since {released}, which requires {required.value} (web: gone)"
    )
    assert raised_error.value.exit_code == 1


@pytest.mark.parametrize(
    ("released", "declared", "wanted", "message"),
    [
        ("1.2.0", "1.2.0", Wanted(version="1.1.0"), "web: 1.1.0 is not above 1.2.0, the last release"),
        ("1.2.0", "1.2.0", Wanted(version="1.2.0+1"), "web: 1.2.0+1 is not above 1.2.0, the last release"),
        ("1.2.0", "1.2.0", Wanted(version="2.0"), "'2.0' is not a version"),
        ("1.2.0", "1.2.0", Wanted(part=MINOR, pre="1"), "'1' cannot name a pre-release"),
        ("1.2.0", "1.3.0-rc.1", Wanted(pre="beta"), "web: 1.3.0-beta.1 is not above 1.3.0-rc.1"),
        ("1.2.0", "one", Wanted(), "web: the version 'one' is not a version"),
        ("one", "1.2.0", Wanted(), "web: the version 'one' is not a version"),
    ],
)
def test_what_cannot_be_released(released: str, declared: str, wanted: Wanted, message: str) -> None:
    with pytest.raises(CannotDo) as raised_error:
        plan("web", released=released, declared=declared, required=PATCH, wanted=wanted)
    assert raised_error.value.message == message


@pytest.mark.parametrize(
    ("released", "declared", "required", "wanted", "note"),
    [
        ("0.4.1", "0.4.1", MAJOR, Wanted(), BELOW),
        ("0.4.1", "0.4.1", PATCH, Wanted(part=MAJOR), f"{BELOW}; --set 1.0.0 leaves 0.x"),
        ("0.4.1", "0.4.1", PATCH, Wanted(version="1.0.0"), GRADUATES),
        ("1.2.0", "2.0.0", PATCH, Wanted(), "1.2.1 would do for what has changed"),
        ("", "0.1.0", NONE, Wanted(), "there is no earlier release to compare with"),
        ("1.2.0", "1.2.0", NONE, Wanted(pre="rc"), "nothing has changed that would need a pre-release"),
        ("1.2.0", "1.3.0", MINOR, Wanted(pre="rc"), LOWER),
    ],
)
def test_what_is_worth_knowing_is_said(
    released: str, declared: str, required: Level, wanted: Wanted, note: str
) -> None:
    found = plan("web", released=released, declared=declared, required=required, wanted=wanted)
    assert note in found.notes


def test_an_ordinary_step_needs_no_words() -> None:
    assert plan("web", released="1.2.0", declared="1.2.0", required=MINOR).notes == ()
