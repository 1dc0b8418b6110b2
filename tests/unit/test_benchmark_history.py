"""What the benchmark over histories takes for a documented break, and what it puts into a chart of an old commit."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from chartgen.version import Version


def benchmark(name: str) -> ModuleType:
    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    try:
        return import_module(name)
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def history() -> ModuleType:
    return benchmark("history")


def commit(root: Path, day: int, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    who = {f"GIT_{role}_{what}": "a@b" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = f"2024-01-{day:02d}T00:00:00Z"
    environment = {**os.environ, **who, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "more")):
        subprocess.run(("git", *command), cwd=root, env=environment, check=True)


def chart(name: str, version: str, dependencies: str = "") -> str:
    return f"name: {name}\nversion: {version}\n{f'dependencies: [{dependencies}]' if dependencies else ''}"


@pytest.mark.parametrize(
    ("dependency", "locked", "found"),
    [
        ("version: 1.x.x, repository: 'https://charts.bitnami.com/bitnami'", "", "1.1.0"),
        ("version: 1.x.x, repository: 'oci://registry-1.docker.io/bitnamicharts'", "1.0.0", "1.0.0"),
        ("version: 1.x.x, repository: 'https://charts.bitnami.com/bitnami'", "1.0.7", "1.1.0"),
        ("version: 3.x.x, repository: 'https://charts.bitnami.com/bitnami'", "", None),
        ("version: 1.x.x, repository: 'https://charts.example.com'", "", None),
    ],
)
def test_what_a_package_had_in_it(tmp_path: Path, dependency: str, locked: str, found: str | None) -> None:
    clones = benchmark("clones")
    databases, apps = tmp_path / "bitnami+charts", tmp_path / "grafana+helm-charts"
    for day, version in ((1, "1.0.0"), (2, "1.1.0"), (3, "2.0.0"), (5, "1.2.0")):
        commit(databases, day, {"bitnami/db/Chart.yaml": chart("db", version)})
    lock = {"charts/web/Chart.lock": f"dependencies: [{{name: db, version: {locked}}}]"} if locked else {}
    commit(apps, 4, {"charts/web/Chart.yaml": chart("web", "1.0.0", f"{{name: db, {dependency}}}"), **lock})
    shelf = clones.Shelf([clones.Repository(root) for root in (databases, apps)])
    repository = clones.Repository(apps)
    files = shelf.chart(repository, "charts/web", repository.releases("charts/web")[0]).files
    inside = files.get("charts/db/Chart.yaml", b"").decode()
    assert (f"version: {found}" in inside) if found else not inside


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
