"""Sets of Kubernetes releases: what a chart supports, and how messages say it."""

from collections.abc import Sequence

import pytest

from chartgen.kube.releases import CARRIED, NEWEST, OLDEST, RECENT, minors, releases, spoken, supported


def test_a_set_gives_back_its_members() -> None:
    assert list(minors(releases([34, 25, 30]))) == [25, 30, 34]
    assert list(minors(0)) == []


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([], ""),
        ([30], "1.30"),
        ([30, 31], "1.30 and 1.31"),
        ([30, 31, 32], "1.30 to 1.32"),
        ([25, 27, 28, 29], "1.25 and 1.27 to 1.29"),
        ([25, 27, 29], "1.25, 1.27 and 1.29"),
    ],
)
def test_spoken(members: Sequence[int], words: str) -> None:
    assert spoken(releases(members)) == words


@pytest.mark.parametrize(
    ("wanted", "members"),
    [
        (None, RECENT),
        ("", RECENT),
        (7, RECENT),
        ("not a range", RECENT),
        (">=1.99", RECENT),
        ("=1.28.4", RECENT),
        (">=1.30.0-0", range(30, NEWEST + 1)),
        (">=1.19.0-0", range(OLDEST, NEWEST + 1)),
        (">=1.28.5", range(28, NEWEST + 1)),
        (">=1.27 <1.30", range(27, 30)),
        ("1.31.x", [31]),
        ("~1.29 || ~1.31", [29, 31]),
    ],
)
def test_what_a_kube_version_allows(wanted: object, members: Sequence[int]) -> None:
    assert supported({"kubeVersion": wanted}) == releases(members)
    assert supported({"kubeVersion": wanted}) & ~CARRIED == 0
