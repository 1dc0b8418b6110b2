"""Which files follow a version: each is edited in place, and what cannot be is said rather than guessed at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chartgen.chart.model import Chart
from chartgen.errors import CannotDo
from chartgen.fielddata import CannotEdit
from chartgen.release import changelog, chartyaml
from chartgen.release.documents import made_anew, stale
from chartgen.release.entries import Entry
from chartgen.release.plan import VersionPlan
from chartgen.release.readme import with_badges
from chartgen.release.specs import with_image_tag
from chartgen.release.versions import Written
from chartgen.release.workspace import Workspace

VALUES = "values.yaml"
README = "README.md"
CHANGELOG = "CHANGELOG.md"


def application(work: Workspace, folder: str, chart: Chart, version: str, *, spec: str) -> list[str]:
    """Have a chart deploy another version of the application; notes say what it did not do. Raises CannotDo."""
    if spec:
        must(work, spec, lambda text: with_image_tag(text, version))
        return []
    old = str(chart.metadata.get("appVersion") or "")
    must(work, work.join(folder, chartyaml.FILE), lambda text: chartyaml.with_app_version(text, old, version))
    notes = _may(work, work.join(folder, VALUES), lambda text: chartyaml.with_image_tags(text, old, version))
    notes += _may(
        work, work.join(folder, README), lambda text: with_badges(text, label="AppVersion", old=old, new=version)
    )
    documents(work, folder, chart)
    return notes


def documents(work: Workspace, folder: str, before: Chart) -> None:
    """Have the table in README and the schema follow values.yaml, where they did before."""
    after = work.over(before, folder)
    if after.files.get(VALUES) == before.files.get(VALUES):
        return
    out_of_date = stale(before)
    for path, content in made_anew(after).items():
        if path not in out_of_date:
            work.write(work.join(folder, path), content)


def version(
    work: Workspace,
    folder: str,
    chart: Chart,
    plan: VersionPlan,
    told: Sequence[Entry],
    *,
    allowed: str,
    day: str,
    generated: bool,
    new_changelog: bool,
    new_changes: bool,
) -> list[str]:
    """Have all files of a chart say its new version; notes say which could not. Raises CannotDo for Chart.yaml.

    A changelog and ``artifacthub.io/changes`` are kept where they are, and begun where they are asked for. What was
    ``generated`` is left as it is.
    """
    path = work.join(folder, chartyaml.FILE)
    is_pre = Written.parse(plan.next).is_pre
    if not generated:
        must(work, path, lambda text: chartyaml.with_version(text, plan.next))
    notes = _may(work, path, lambda text: chartyaml.with_prerelease(text, is_pre=is_pre))
    if not generated:
        must(work, path, lambda text: chartyaml.with_allowance(text, plan.next, allowed))
    hand = changelog.unreleased(_text(work, changelog_of(work, folder)) or "")
    if not generated and (chartyaml.annotation(chart.metadata, chartyaml.CHANGES) or new_changes):
        by_hand = changelog.listed(hand)
        written = (*by_hand, *(one for one in told if one.breaking)) if by_hand else tuple(told)
        notes += _may(work, path, lambda text: chartyaml.with_changes(text, written))
    notes += _may(
        work,
        work.join(folder, README),
        lambda text: with_badges(text, label="Version", old=plan.declared, new=plan.next),
    )
    place = changelog_of(work, folder)
    # What makes a chart anew would not know why it may break something: its changelog does.
    new_changelog = new_changelog or bool(generated and allowed)
    if work.read(place) is not None or new_changelog:
        if not told and not hand:
            told = (Entry("Changed", "Nothing that a user would notice"),)

        def released(text: str) -> str:
            return changelog.with_release(
                text or changelog.NEW, plan.next, day=day, entries=told, previous=plan.released or plan.declared
            )

        notes += _may(work, place, released, create=new_changelog)
    return notes


def changelog_of(work: Workspace, folder: str) -> str:
    """The changelog of a chart, however it is spelled; the name it would have where there is none."""
    place = work.root / folder
    named = (
        [one.name for one in sorted(place.iterdir()) if one.name.lower() == CHANGELOG.lower()] if place.is_dir() else []
    )
    return work.join(folder, named[0] if named else CHANGELOG)


def _text(work: Workspace, path: str) -> str | None:
    try:
        return work.text(path)
    except CannotEdit:
        return None


def must(work: Workspace, path: str, edit: Callable[[str], str]) -> None:
    """Edit a file that has to be edited. Raises CannotDo."""
    try:
        text = work.text(path)
        if text is None:
            raise CannotDo(f"{path!r} does not exist", hint="is the chart whole?")
        work.write(path, edit(text))
    except CannotEdit as reason:
        raise CannotDo(f"{path} cannot be edited: {reason}", hint="make this edit by hand, then bump again") from None


def _may(work: Workspace, path: str, edit: Callable[[str], str], *, create: bool = False) -> list[str]:
    """Edit a file where there is one; a note says why it could not be."""
    try:
        text = work.text(path)
        if text is not None or create:
            work.write(path, edit(text or ""))
    except CannotEdit as reason:
        return [f"{path} stays as it is: {reason}"]
    return []
