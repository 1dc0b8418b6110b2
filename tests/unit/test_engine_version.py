"""Version ranges as Masterminds/semver reads them; the cases are from its own tests and documentation."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chartgen.version import Range, Version, compare, is_semver, kubernetes


@pytest.mark.parametrize(
    ("constraint", "inside", "outside"),
    [
        ("=1.2.3", ["1.2.3"], ["1.2.4", "1.2.3-beta"]),
        ("1.2.3", ["1.2.3", "v1.2.3", "1.2.3+build"], ["1.2.4"]),
        ("1", ["1.0.0", "1.9.9"], ["2.0.0", "0.9.9"]),
        ("1.x", ["1.0.0", "1.9.9"], ["2.0.0"]),
        ("1.2.x", ["1.2.0", "1.2.9"], ["1.3.0"]),
        ("*", ["0.0.0", "9.9.9"], ["1.0.0-rc.1"]),
        ("", ["1.2.3"], []),
        ("!=4.1.0", ["4.0.0", "4.1.1"], ["4.1.0"]),
        ("!=4.x", ["5.0.0"], ["4.0.0", "4.9.9"]),
        ("!=4.1.x", ["4.2.0"], ["4.1.7"]),
        (">1.1", ["1.2.0", "2.0.0"], ["1.1.0", "1.1.9"]),
        (">11", ["12.0.0"], ["11.1.0"]),
        ("<1.1", ["1.0.9"], ["1.1.0"]),
        ("<=1.1", ["1.1.0", "1.1.9"], ["1.2.0"]),
        ("<=11", ["11.9.9"], ["12.0.0"]),
        (">=1.1", ["1.1.0", "4.1.0"], ["1.0.9"]),
        ("=>1.1", ["1.1.0"], ["1.0.9"]),
        ("~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0", "1.2.2"]),
        ("~1", ["1.9.9"], ["2.0.0"]),
        ("~>2.0", ["2.0.5"], ["2.1.0"]),
        ("^1.2.3", ["1.9.0"], ["2.0.0", "1.2.2"]),
        ("^0.2.3", ["0.2.9"], ["0.3.0"]),
        ("^0.0.3", ["0.0.3"], ["0.0.4"]),
        ("^0", ["0.9.9"], ["1.0.0"]),
        ("^0.0", ["0.0.9"], ["0.1.0"]),
        ("1.2 - 2.3", ["1.2.0", "2.3.0"], ["2.4.0", "1.1.9"]),
        (">=1.2 <2.0", ["1.9.9"], ["2.0.0"]),
        (">=1.2, <2.0", ["1.9.9"], ["2.0.0"]),
        ("<1.0 || >=2.0", ["0.9.0", "2.0.0"], ["1.5.0"]),
        (">=1.25.0-0", ["1.25.0", "1.25.0-eks.1", "1.30.2-gke.1"], ["1.24.9"]),
        (">=1.25.0", ["1.25.0"], ["1.30.2-gke.1"]),
        (">=1.0.0-rc.2", ["1.0.0-rc.10", "1.0.0"], ["1.0.0-rc.1", "1.0.0-alpha"]),
        (" >=  1.2.3 ", ["1.2.3"], ["1.2.2"]),
    ],
)
def test_a_range_holds_what_masterminds_holds(constraint: str, inside: list[str], outside: list[str]) -> None:
    parsed = Range(constraint)
    assert [version for version in inside if Version.parse(version) not in parsed] == []
    assert [version for version in outside if Version.parse(version) in parsed] == []


@pytest.mark.parametrize("constraint", ["new", ">=", "1.2.3.4", ">==1", "1 2 ||| 3", "~~1", "1,,2", "=1.x.y"])
def test_what_is_no_range(constraint: str) -> None:
    with pytest.raises(ValueError, match="improper constraint"):
        Range(constraint)


def test_versions_are_ordered_as_semver_orders_them() -> None:
    order = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.10.0"]
    versions = [Version.parse(text) for text in order]
    assert [compare(left, right) for left, right in pairwise(versions)] == [-1] * (len(order) - 1)
    assert compare(versions[3], versions[2]) == 1
    assert compare(versions[0], Version.parse("v1.0.0-alpha+build")) == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1.30", "1.30.0"), ("v1.33.4-gke.1245000", "1.33.4"), ("1.29.1+k3s1", "1.29.1"), ("v1.9.11", "1.9.11")],
)
def test_kubernetes_versions_are_their_numbers(text: str, shown: str) -> None:
    assert str(kubernetes(text)) == shown


@pytest.mark.parametrize("text", ["", "1", "latest", "v", "1.x"])
def test_what_is_no_kubernetes_version(text: str) -> None:
    with pytest.raises(ValueError, match="is no Kubernetes version"):
        kubernetes(text)


def test_semver_by_the_letter() -> None:
    assert [text for text in ("1.2.3", "1.2.3-rc.1+b", "v1.2.3", "1.2", "01.2.3", "") if is_semver(text)] == [
        "1.2.3",
        "1.2.3-rc.1+b",
    ]
    with pytest.raises(ValueError, match="'one' is no version"):
        Version.parse("one")
