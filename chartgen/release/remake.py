"""A generated chart is made anew by its spec, with the edits of a release: what people edited in the chart stays."""

from __future__ import annotations

from pathlib import PurePath
from shlex import quote

from chartgen.chart.ignore import Ignore
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.engine.api import Engine
from chartgen.errors import CannotDo
from chartgen.regenerate.base import ATTRIBUTES, PATH, read_record, understood
from chartgen.regenerate.plan import Plan, Present, plan
from chartgen.regenerate.proof import after, objection
from chartgen.regenerate.refusal import in_conflict
from chartgen.regenerate.summary import edits
from chartgen.release import chartyaml
from chartgen.release.files import must
from chartgen.release.source import released
from chartgen.release.specs import make, with_version
from chartgen.release.workspace import Workspace


def generated(work: Workspace, folder: str, spec: str, chart: Chart) -> Chart:
    """The chart as it is when its spec, which may have been edited since, has made it anew.

    What somebody edited, or put beside what is generated, stays, and what ``.helmignore`` leaves out is none of the
    chart, as in the release that this one is compared with. Raises InvalidInput for a wrong spec, Unmerged for edits
    that are in conflict with what it makes.
    """
    made = _made(work, spec)
    if (planned := _planned(work, folder, spec, made, chart)) is not None:
        return after(planned, chart)
    left_out = Ignore(made.text(".helmignore") or "")
    packaged = {path: content for path, content in made.files.items() if left_out.keeps(path)}
    files = dict(sorted({**chart.files, **packaged}.items()))
    return chart._replace(files=files, metadata=metadata(files.get("Chart.yaml", b"")))


def regenerated(
    work: Workspace, folder: str, spec: str, chart: Chart, new_version: str, engine: Engine
) -> tuple[Chart, list[str]]:
    """Give a spec a version and make its chart anew; the notes say what became of people's edits.

    Raises CannotDo when that would undo what somebody edited.
    """
    if chart.metadata.get("version") != _made(work, spec).metadata["version"]:
        # Somebody wrote it into the chart; it has been raised, and is in nobody's way any more.
        must(work, work.join(folder, chartyaml.FILE), lambda text: chartyaml.with_version(text, new_version))
    must(work, spec, lambda text: with_version(text, new_version))
    notes = make_anew(work, folder, spec, chart, engine)
    return generated(work, folder, spec, chart), notes


def make_anew(work: Workspace, folder: str, spec: str, chart: Chart, engine: Engine) -> list[str]:
    """Write what a spec makes with its edits; the notes say what became of people's.

    Raises CannotDo when that would undo what somebody edited, Unmerged when it would not go together with it.
    """
    made = _made(work, spec)
    planned = _planned(work, folder, spec, made, chart)
    if planned is None:
        _replace(work, folder, spec, made)
        return []
    if planned.is_mixed:
        present = released(work.root / folder, display=folder or ".")
        if against := objection(planned, present, made.files, engine):
            raise against
    for path, content in planned.writes.items():
        work.write(work.join(folder, path), content)
    said = edits(planned)
    return [said] if said else []


def _made(work: Workspace, spec: str) -> Chart:
    return make(work.read(spec) or b"", work.root / spec, spec).chart


def _planned(work: Workspace, folder: str, spec: str, made: Chart, chart: Chart) -> Plan | None:
    """What becomes of the files of a chart; None where it is not known what was generated last."""
    present = _present(work, folder, made, chart)
    if present is None:
        return None
    planned = plan(made.files, present)
    if planned.conflicts:
        where = folder or "."
        raise in_conflict(
            planned,
            PurePath(where),
            f"decide first: chartgen generate {quote(spec)} -o {quote(where)} --conflicts mine keeps your side of "
            "each, --conflicts generated takes the other; --no-spec edits the chart alone",
        )
    return planned


def _present(work: Workspace, folder: str, made: Chart, chart: Chart) -> Present | None:
    on_disk = read_record(work.root / folder)
    record = work.read(work.join(folder, PATH)) if on_disk is not None else None
    if record is None:
        return None
    base = understood(record, work.join(folder, PATH))
    paths = {*made.files, *base}
    found = {path: work.read(work.join(folder, path)) for path in sorted(paths)}
    recorded = {PATH: record, ATTRIBUTES: work.read(work.join(folder, ATTRIBUTES))}
    return Present(
        {path: content for path, content in found.items() if content is not None},
        tuple(path for path in chart.files if path not in paths),
        base,
        {path: content for path, content in recorded.items() if content is not None},
    )


def _replace(work: Workspace, folder: str, spec: str, after: Chart) -> None:
    """Write what a spec makes with its edits, over what it made without them."""
    before = make((work.root / spec).read_bytes(), work.root / spec, spec).chart
    so_far = work.edits
    edited = []
    for name, content in after.files.items():
        path = work.join(folder, name)
        held = so_far[path].before if path in so_far else work.read(path)
        if work.read(path) == content:
            continue
        if held is not None and held != before.files.get(name):
            edited.append(name)
        work.write(path, content)
    if edited:
        raise CannotDo(
            f"{folder or '.'}: {edited[0]}{f' and {len(edited) - 1} more' if edited[1:] else ''} "
            f"would be replaced, and is not what {spec} made",
            hint=f"was only the spec edited? then first chartgen generate {spec} -o {folder or '.'} --force "
            "(--diff shows what that does); --no-spec edits the chart alone",
        )
