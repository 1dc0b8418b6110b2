"""What ``chartgen lint --fix`` and ``--diff`` do: fixes that are proved are written, or shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chartgen.errors import CannotDo
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.chart.model import Chart
    from chartgen.cli.asked import Asked
    from chartgen.cli.subjects import Subjects
    from chartgen.cli.terminal import Terminal
    from chartgen.engine.api import Engine
    from chartgen.findings import Finding, Report
    from chartgen.lint.fix import Fixed


def check_options(*, fix: bool, unsafe: bool, diff: bool, shown: bool) -> None:
    """Refuse options that mean nothing together. Raises CannotDo."""
    if unsafe and not (fix or diff):
        raise CannotDo("--unsafe says which fixes are made, and none are asked for", hint="add --fix or --diff")
    if diff and shown:
        raise CannotDo("--diff shows a diff in place of a report", hint="leave out --format, --output and --statistics")


class Outcome(NamedTuple):
    """What fixing charts came to: the diff, and whether any file was written."""

    diff: str = ""
    written: bool = False


def fix_charts(
    report: Report,
    found: Subjects,
    out: Terminal,
    *,
    asked: Asked,
    engine: str,
    jobs: int | None,
    unsafe: bool = False,
    write: bool = True,
) -> Outcome:
    """Fix what a report names in the charts that were linted, and say what was done; or only show how it would be.

    Charts are read again, one by one; manifests are left alone. Raises CannotDo when a chart cannot be written.
    """
    from chartgen.engine.choose import open_engine

    if found.manifests:
        out.note("manifests are not edited: fix what they are made from")
    with open_engine(engine, jobs=jobs) as helm:
        return _fix_all(report, found.charts, out, asked, helm, unsafe=unsafe, write=write)


def _fix_all(
    report: Report, paths: Sequence[Path], out: Terminal, asked: Asked, engine: Engine, *, unsafe: bool, write: bool
) -> Outcome:
    from chartgen.chart.write import replace_files
    from chartgen.errors import ChartgenError
    from chartgen.lint.fix import fix

    diffs: list[str] = []
    tally = _Tally()
    for path in paths:
        chart = asked.read(path)
        if isinstance(chart, ChartgenError):
            continue
        only = frozenset(finding.fingerprint for finding in _fixable(report, chart))
        if not only:
            continue
        if path.is_file():
            out.note(f"{path} is an archive, which is not edited")
            continue
        fixed = fix(chart, engine=engine, settings=asked.under(path), unsafe=unsafe, only=only)
        files = fixed.files(chart)
        if files and write:
            replace_files(path, files, chart.files)
        diffs += [_diff(chart, name, content) for name, content in files.items()]
        tally.add(fixed, len(files))
        _tell(fixed, out, write=write)
    out.note(tally.told(write=write, why=not out.verbose))
    return Outcome("".join(diffs), bool(tally.files) and write)


class _Tally:
    """How many findings of a run were fixed, could not be, or need ``--unsafe``."""

    def __init__(self) -> None:
        self.done = self.files = self.dropped = self.waiting = 0

    def add(self, fixed: Fixed, files: int) -> None:
        """Count what became of one chart."""
        self.done += len(fixed.done)
        self.files += files
        self.dropped += len(fixed.dropped)
        self.waiting += len(fixed.waiting)

    def told(self, *, write: bool, why: bool = True) -> str:
        """``fixed 3 findings in 2 files; 1 more with --unsafe; 1 could not be fixed (-v says why)``."""
        from chartgen.report.summary import counted

        verb = "fixed" if write else "would fix"
        parts = [f"{verb} {counted(self.done, 'finding')} in {counted(self.files, 'file')}"]
        if not self.done:
            parts = ["nothing was fixed" if write else "nothing would be fixed"]
        if self.waiting:
            parts.append(f"{self.waiting} {'more ' * bool(self.done)}with --unsafe")
        if self.dropped:
            parts.append(f"{self.dropped} could not be fixed" + " (-v says why)" * why)
        return "; ".join(parts)


def _fixable(report: Report, chart: Chart) -> list[Finding]:
    """The findings in a chart whose rules offer a fix."""
    prefix = chart.display("x")[:-1]
    return [one for one in report.findings if one.fix and (one.primary.file or prefix).startswith(prefix)]


def _tell(fixed: Fixed, out: Terminal, *, write: bool) -> None:
    for finding in fixed.done:
        assert finding.fix is not None
        out.detail(f"{'fixed' if write else 'would fix'} {finding.message} ({finding.fix.description})")
    for dropped in fixed.dropped:
        out.detail(f"could not fix {dropped.finding.message}: {dropped.reason}")
    for finding in fixed.waiting:
        assert finding.fix is not None
        out.detail(f"--unsafe would fix {finding.message} ({finding.fix.description})")


def _diff(chart: Chart, name: str, content: bytes) -> str:
    """One file's change as a unified diff that ``patch`` and ``git apply`` understand."""
    from difflib import unified_diff

    shown = chart.display(name).lstrip("/")
    before, after = (text.decode().split("\n") for text in (chart.files[name], content))
    lines = unified_diff(
        [f"{line}\n" for line in before[:-1]] + [before[-1]] * bool(before[-1]),
        [f"{line}\n" for line in after[:-1]] + [after[-1]] * bool(after[-1]),
        f"a/{shown}",
        f"b/{shown}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
