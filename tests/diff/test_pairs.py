"""Every judgement is asked about every pair of charts there is, there and back, and the exact set of answers is kept.

Pairs are the examples of all pages, and the folders of ``pairs/`` (``<name>/old`` and ``<name>/new``). A change of a
judgement that is felt elsewhere shows in the diff of the snapshot: read it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pytest_snapshot.plugin import Snapshot  # type: ignore[import-untyped]  # it ships no types

from chartgen.changes import Certainty, DiffReport, Level
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata, read_chart
from chartgen.diff.run import diff
from chartgen.engine.api import Engine
from chartgen.judgements import catalogue
from chartgen.judgements.examples import page

HERE = Path(__file__).parent


class Case(NamedTuple):
    """A pair of charts. ``judgement`` is the page whose After it is, or ``""``."""

    name: str
    before: Chart
    after: Chart
    judgement: str = ""

    @property
    def charts(self) -> tuple[Chart, Chart]:
        """Both charts, the second of a higher version where a page leaves the versions alone."""
        old, new = self.before.files["Chart.yaml"], self.after.files["Chart.yaml"]
        if old == new:
            new = new.replace(b"version: 1.0.0\nappVersion", b"version: 1.0.1\nappVersion")
        raised = Chart.of({**self.after.files, "Chart.yaml": new}, metadata=metadata(new), origin="new")
        return self.before._replace(origin="old"), raised

    @property
    def back(self) -> "Case":
        """The step back."""
        return Case(f"{self.name}, back", self.after, self.before)


INVERSES = {
    "claim-grown": "immutable-field-changed",
    "container-added": "container-removed",
    "container-removed": "container-added",
    "crd-extended": "crd-schema-tightened",
    "crd-moved-from-templates": "crd-moved-to-templates",
    "crd-moved-to-templates": "crd-moved-from-templates",
    "crd-removed": "crd-not-upgraded",
    "crd-schema-tightened": "crd-not-upgraded",
    "crd-version-removed": "crd-not-upgraded",
    "data-key-removed": "configuration-changed",
    "dependency-added": "dependency-removed",
    "dependency-removed": "dependency-added",
    "hook-added": "hook-removed",
    "hook-removed": "hook-added",
    "image-registry-split": "values-key-removed",
    "kube-version-loosened": "kube-version-raised",
    "limits-introduced": "resources-changed",
    "kube-version-raised": "kube-version-loosened",
    "library-template-added": "library-template-removed",
    "library-template-removed": "library-template-added",
    "object-added": "object-removed",
    "object-removed": "object-added",
    "permissions-narrowed": "permissions-widened",
    "permissions-widened": "permissions-narrowed",
    "restriction-added": "object-removed",
    "restriction-tightened": "field-changed",
    "schema-added": "schema-removed",
    "schema-added-strict": "schema-removed",
    "schema-closed": "schema-loosened",
    "schema-loosened": "schema-tightened",
    "schema-removed": "schema-added",
    "schema-required-added": "schema-loosened",
    "schema-tightened": "schema-loosened",
    "security-default-tightened": "free-form-default-changed",
    "security-loosened": "security-tightened",
    "security-tightened": "security-loosened",
    "service-port-added": "service-port-removed",
    "state-removed": "object-added",
    "values-default-item-removed": "values-default-changed",
    "values-key-added": "values-key-removed",
    "values-key-divided": "values-key-removed",
    "values-key-removed": "values-key-added",
    "values-key-superseded": "values-key-moved",
    "values-key-templated": "values-key-untemplated",
    "values-key-unread": "configuration-changed",
    "values-key-untemplated": "values-key-templated",
    "values-key-widened": "values-key-retyped",
    "values-switch-added": "values-switch-removed",
    "values-switch-removed": "values-switch-added",
}
"""Judgements that speak about the step back of what others speak about; all that are not here are their own inverse."""

WAIVERS = {
    "chart-files-unread": "a folder that templates look into from now on has no files of users in it yet",
    "helm-version-raised": "a chart that works with an older Helm hurts nobody and offers nothing",
    "keep-removed": "an object that is kept from now on is deleted by nobody",
    "old-values-fail": "values that failed and work now were in use with nobody: it was put right",
    "secret-regenerated": "a value that stays what it is is what everybody expects",
    "unused-value-removed": "a value that no template reads is nothing to set",
    "values-choice-removed": "a word that templates know from now on was chosen by nobody",
    "values-key-deprecated": "a key that is not deprecated any more is as it was",
    "values-key-required": "a key that may be left out hurts nobody who sets it",
    "values-map-narrowed": "a map that is passed on as it is takes all that it took",
    "version-went-back": "a version that is higher is what every release has",
}
"""Judgements whose step back is no event of theirs or of another one, and why."""


def cases() -> Iterator[Case]:
    for judgement_id in catalogue.ids():
        for pair in page(catalogue.judgement(judgement_id)).pairs:
            name = f"{judgement_id}: {pair.before.title} -> {pair.title}"
            yield Case(name, pair.before.chart(), pair.after.chart(), judgement_id if pair.is_judged else "")
    for folder in sorted((HERE / "pairs").iterdir()):
        yield Case(f"pairs/{folder.name}", read_chart(folder / "old"), read_chart(folder / "new"))


@pytest.fixture(scope="module")
def reports(engine: Engine) -> dict[str, tuple[Case, DiffReport]]:
    both_ways = [way for case in cases() for way in (case, case.back)]
    return {case.name: (case, diff(*case.charts, engine=engine)) for case in both_ways}


def test_the_exact_set_of_judgements(reports: dict[str, tuple[Case, DiffReport]], snapshot: Snapshot) -> None:
    lines = []
    for name, (_, found) in reports.items():
        told = sorted({_told(one.judgement, one.level, one.certainty) for one in found.judged})
        lines += [name, *(f"    {one}" for one in told), *(f"    not judged: {one}" for one in found.unjudged)]
    snapshot.snapshot_dir = HERE / "snapshots"
    snapshot.assert_match("\n".join([*lines, ""]), "pairs.txt")


def _told(judgement: str, level: Level, certainty: Certainty) -> str:
    return f"{level.value}{'' if certainty is Certainty.DEFINITE else '?'} {judgement}"


@pytest.mark.parametrize("judgement_id", catalogue.ids())
def test_the_way_back_is_seen_too(judgement_id: str, reports: dict[str, tuple[Case, DiffReport]]) -> None:
    """What is told of a step is told of the step back: by the same judgement, by its inverse, or a waiver says why."""
    wanted = INVERSES.get(judgement_id, judgement_id)
    back = [case.back.name for case, _ in reports.values() if case.judgement == judgement_id]
    seen = any(one.judgement == wanted for name in back for one in reports[name][1].judged)
    if judgement_id in WAIVERS:
        assert not seen, f"{judgement_id} needs no waiver"
    else:
        assert seen, (
            f"no step back of {judgement_id} is told of by {wanted}; name its inverse, or waive it with a reason"
        )


def test_what_is_packaged_needs_a_patch_at_least(reports: dict[str, tuple[Case, DiffReport]]) -> None:
    for name, (case, found) in reports.items():
        only_version = any(one.judgement == "needless-release" for one in found.judged)
        if case.charts[0].files != case.charts[1].files and not only_version:
            assert found.required.at_least(Level.PATCH), f"{name}: bytes differ and nothing is asked for"


def test_a_chart_is_the_same_as_itself(reports: dict[str, tuple[Case, DiffReport]], engine: Engine) -> None:
    for case, _ in reports.values():
        found = diff(case.before, case.before, engine=engine)
        assert found.judged == (), f"{case.name}: {found.judged}"
        assert found.changes == (), f"{case.name}: {found.changes}"
