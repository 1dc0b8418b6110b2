"""The cache: a chart that is known is not linted again, and every change makes it unknown."""

import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.cli.cache import CacheFolder, cache_folder
from chartgen.engine.api import Options
from chartgen.engine.embedded import Embedded
from chartgen.findings import Severity
from chartgen.lint.remember import Memory, load
from chartgen.lint.run import Settings, lint
from chartgen.policy.load import load_config
from chartgen.policy.model import Policy
from chartgen.rules import catalogue

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:latest
"""
META = "apiVersion: v2\nname: web\nversion: 1.0.0\n"
FILES = {"Chart.yaml": META, "values.yaml": "a: 1\n", "templates/pod.yaml": POD}


def chart(changes: dict[str, str] | None = None, origin: str = "web") -> Chart:
    metadata = {"name": "web", "version": "1.0.0"}
    return Chart.of({**FILES, **(changes or {})}, metadata=metadata, origin=origin)


class Counting:
    """An engine that counts what it is asked."""

    def __init__(self, engine: Embedded) -> None:
        self.engine = engine
        self.name = engine.name
        self.identity = engine.identity
        self.asked = 0

    def render(self, jobs: Any) -> Any:
        jobs = list(jobs)
        self.asked += len(jobs)
        return self.engine.render(jobs)

    def lint(self, jobs: Any) -> Any:
        return self.engine.lint(jobs)

    def __enter__(self) -> "Counting":
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def embedded() -> Iterator[Embedded]:
    with Embedded(jobs=1) as engine:
        yield engine


@pytest.fixture
def engine(embedded: Embedded) -> Counting:
    return Counting(embedded)


SETTINGS = Settings(policy=Policy(select=("floating-image-tag", "missing-kube-version")))


def test_a_known_chart_is_not_rendered_and_reads_the_same(engine: Counting, tmp_path: Path) -> None:
    memory = Memory(CacheFolder(tmp_path), "tools")
    first = lint([chart()], engine=engine, settings=SETTINGS, memory=memory)
    assert engine.asked > 0
    engine.asked = 0
    again = lint([chart()], engine=engine, settings=SETTINGS, memory=Memory(CacheFolder(tmp_path), "tools"))
    assert engine.asked == 0
    assert again == first
    assert [finding.rule for finding in again.findings] == ["missing-kube-version", "floating-image-tag"]


CHANGED = {
    "a template": (chart({"templates/pod.yaml": POD + "\n"}), SETTINGS, "tools"),
    "a new file": (chart({"ci/x-values.yaml": "{}"}), SETTINGS, "tools"),
    "how it is named": (chart(origin="charts/web"), SETTINGS, "tools"),
    "the profile": (chart(), SETTINGS._replace(policy=Policy(select=("images",))), "tools"),
    "a severity": (
        chart(),
        SETTINGS._replace(policy=SETTINGS.policy._replace(severities={"floating-image-tag": Severity.INFO})),
        "tools",
    ),
    "a value": (chart(), SETTINGS._replace(set_values=("a=2",)), "tools"),
    "the release": (chart(), SETTINGS._replace(options=Options(release="other")), "tools"),
    "the tools": (chart(), SETTINGS, "newer tools"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_every_change_makes_it_unknown(what: str, engine: Counting, tmp_path: Path) -> None:
    lint([chart()], engine=engine, settings=SETTINGS, memory=Memory(CacheFolder(tmp_path), "tools"))
    engine.asked = 0
    changed, settings, stamp = CHANGED[what]
    lint([changed], engine=engine, settings=settings, memory=Memory(CacheFolder(tmp_path), stamp))
    assert engine.asked > 0


def test_the_day_counts_only_where_something_ends_on_a_day(engine: Counting, tmp_path: Path) -> None:
    comment = "# chartgen: allow floating-image-tag until 2026-06-30 - a demo\n      image"
    bounded = chart({"templates/pod.yaml": POD.replace("image", comment)})
    for one, asked_again in ((chart(), False), (bounded, True)):
        for day in ("2026-06-30", "2026-07-01"):
            engine.asked = 0
            settings = SETTINGS._replace(policy=SETTINGS.policy._replace(today=day))
            report = lint([one], engine=engine, settings=settings, memory=Memory(CacheFolder(tmp_path), "tools"))
        assert (engine.asked > 0) is asked_again
    assert "floating-image-tag" in {finding.rule for finding in report.findings}


def test_ignores_of_the_policy_are_known_to_be_needed(engine: Counting, tmp_path: Path) -> None:
    text = "ignores: [{rule: floating-image-tag, path: web, reason: a demo}]"
    config = load_config(text, file=".chartgen.yaml")
    select = ("floating-image-tag", "unused-suppression")
    policy = Policy(select=select, ignores=config.ignores, file=".chartgen.yaml", text=text)
    settings = Settings(policy=policy, where="web")
    reports = [
        lint([chart()], engine=engine, settings=settings, memory=Memory(CacheFolder(tmp_path), "tools"))
        for _ in range(2)
    ]
    assert reports[0] == reports[1]
    assert not reports[1].findings
    assert len(reports[1].suppressed) == 1


def test_a_chart_that_hit_a_limit_is_not_remembered(tmp_path: Path) -> None:
    endless = chart({"templates/x.yaml": "{{ range $i := 9000000000 }}{{ end }}"})
    with Embedded(jobs=1, time_limit=0.5) as engine:
        lint([endless], engine=engine, settings=SETTINGS, memory=Memory(CacheFolder(tmp_path), "tools"))
    assert not list(tmp_path.iterdir())


def test_a_run_in_which_a_rule_failed_is_not_remembered(
    engine: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Iterator[Any]:
        raise RuntimeError("a bug")

    monkeypatch.setattr(type(catalogue.rule("floating-image-tag")), "check_pod", fail)
    report = lint([chart()], engine=engine, settings=SETTINGS, memory=Memory(CacheFolder(tmp_path), "tools"))
    assert report.crashed
    assert not list(tmp_path.iterdir())


class Evil:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("owned",)


@pytest.mark.parametrize(
    "content", [b"", b"junk", pickle.dumps(Evil()), pickle.dumps([1]), pickle.dumps(Path("x")), pickle.dumps(eval)]
)
def test_what_is_not_ours_is_not_read(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(content) is None
    assert not list(tmp_path.iterdir())


def test_the_folder_keeps_within_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chartgen.cli.cache.MOST_BYTES", 4000)
    folder = CacheFolder(tmp_path)
    for number in range(8):
        folder.put(f"000{number}", b"x" * 1000)
    folder.put("0000", b"y")  # one whose turn it is to look
    assert sum(entry.stat().st_size for entry in tmp_path.iterdir()) <= 2000
    assert folder.get("gone") is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = CacheFolder(tmp_path / "file" / "cache")
    folder.put("0001", b"x")
    assert folder.get("0001") is None


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHARTGEN_CACHE_DIR", "")
    assert cache_folder() is None
    monkeypatch.setenv("CHARTGEN_CACHE_DIR", str(tmp_path))
    found = cache_folder()
    assert found is not None
    found.put("0001", b"x")
    assert (tmp_path / "lint" / "0001").read_bytes() == b"x"
