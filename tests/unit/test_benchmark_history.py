"""What the benchmark over histories takes for a documented break."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from chartgen.version import Version


@pytest.fixture(scope="module")
def history() -> ModuleType:
    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    try:
        return import_module("history")
    finally:
        sys.path.pop(0)


@pytest.mark.parametrize(
    ("old", "new", "text", "found"),
    [
        ("6.4.1", "7.0.0", "### To 7.0.0\nThe values moved.\n", "To 7.0.0"),
        ("6.4.1", "7.0.0", "## From 6.x to 7.x\nThe values moved.\n", "From 6.x to 7.x"),
        ("6.4.1", "7.1.0", "### 7.0.0\nThe values moved.\n", "7.0.0"),
        ("7.0.0", "7.0.1", "### To 7.0.0\nThe values moved.\n", ""),
        ("6.4.1", "7.0.0", "### To 8.0.0\nThe values moved.\n", ""),
        ("6.4.1", "6.5.0", "### 6.5.0\nThere is a new switch.\n", ""),
        ("6.4.1", "6.5.0", "### 6.5.0\nThe flag is disabled by default.\n", "6.5.0"),
        ("6.4.1", "7.0.0", "### To 7.0.0\nNo breaking changes are expected.\n", ""),
        ("6.4.1", "7.0.0", "Needs Helm 3.8.0\n", ""),
    ],
)
def test_sections_about_a_break(history: ModuleType, old: str, new: str, text: str, found: str) -> None:
    step = history.Step("a", history.Release(old, ""), history.Release(new, ""), "major")
    assert history.section(f"# A chart\n\n{text}\n## License\n", step, is_log=False) == found


def test_a_changelog_tells_of_a_break_where_it_says_so(history: ModuleType) -> None:
    step = history.Step("a", history.Release("1.0.0", ""), history.Release("2.0.0", ""), "major")
    assert history.section("## 2.0.0\n* feat!: BREAKING CHANGE: ports\n", step, is_log=True) == "2.0.0"
    assert history.section("## 2.0.0\n* feat: ports\n", step, is_log=True) == ""


def test_below_one_minor_plays_majors_part(history: ModuleType) -> None:
    def declared(old: str, new: str) -> str:
        return str(history.declared(Version.parse(old), Version.parse(new)))

    assert [declared("0.1.0", "0.2.0"), declared("0.1.0", "0.1.1"), declared("1.1.0", "1.2.0")] == [
        "major",
        "patch",
        "minor",
    ]


def test_every_chart_is_in_one_half(history: ModuleType) -> None:
    names = ["grafana", "argo-cd", "traefik", "nginx", "redis"]
    assert [history.in_half(name, "dev") for name in names] == [not history.in_half(name, "report") for name in names]
