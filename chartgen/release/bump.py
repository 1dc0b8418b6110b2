"""``chartgen bump``: from charts and what is asked to the edits of all their files. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from chartgen.changes import Level
from chartgen.chart.model import Chart
from chartgen.engine.api import Engine
from chartgen.errors import BadSettings, CannotDo, InvalidInput, Problem, Unmerged
from chartgen.policy.config import ReleaseSettings
from chartgen.release import files, remake
from chartgen.release.dependants import take_in
from chartgen.release.entries import entries
from chartgen.release.last import History, Release
from chartgen.release.order import folders_below, members, ordered, with_dependants
from chartgen.release.plan import AUTO, VersionPlan, Wanted, plan
from chartgen.release.requirement import AS_BUILT_IN, Requirement, requirement
from chartgen.release.source import chart_of
from chartgen.release.specs import find_spec, is_generated
from chartgen.release.vendored import State, comparable
from chartgen.release.workspace import Workspace
from chartgen.tuples import NamedTuple


class Asked(NamedTuple):
    """What ``bump`` is asked: the version, and which files follow it.

    ``against`` names the last release (a commit, or a reference with ``{name}`` in it). ``day`` is that of the release.
    ``spec`` is the app spec of the one chart, ``use_spec`` false edits a generated chart itself.
    """

    wanted: Wanted = AUTO
    app_version: str = ""
    against: str = ""
    commits: bool = False
    changelog: bool = False
    changes: bool = False
    spec: str = ""
    use_spec: bool = True
    day: str = ""


class Bumped(NamedTuple):
    """What became of one chart: its folder from the root, the plan, what was found, and what people should know."""

    folder: str
    plan: VersionPlan
    found: Requirement
    since: str
    notes: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """The tag of the release, as chart-releaser names it."""
        return f"{self.plan.chart}-{self.plan.next}"


class Bump:
    """One run over the charts of one repository, or of one folder that is in none."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        engine: Engine,
        asked: Asked,
        held: Callable[[str], ReleaseSettings] = lambda folder: AS_BUILT_IN,
        history: History | None = None,
        engine_name: str = "auto",
    ) -> None:
        self._work = workspace
        self._engine = engine
        self._asked = asked
        self._held = held
        self._history = history
        self._engine_name = engine_name

    def run(self, named: Sequence[str]) -> tuple[Bumped, ...]:
        """Bump the charts in some folders, and after them those that take them in. Raises CannotDo, InvalidInput."""
        everything = members(self._work.root, dict.fromkeys((*folders_below(self._work.root), *named)))
        raised: dict[str, str] = {}
        done: list[Bumped] = []
        problems: list[Problem] = []
        sources: dict[str, str] = {}
        failed = InvalidInput
        for folder in with_dependants(named, everything):
            notes = take_in(self._work, everything[folder], raised, everything)
            asked = self._asked if folder in named else self._asked._replace(wanted=AUTO, app_version="", spec="")
            if folder not in named and not self._touched(folder):
                taken = everything[folder].takes_in & set(raised)
                if notes or not taken:
                    # It does not take in what was raised: who released that is told why.
                    told = tuple(f"{folder or '.'}: {note}" for note in notes)
                    done = [one._replace(notes=(*one.notes, *told)) if one.folder in taken else one for one in done]
                    continue
            try:
                one = self._chart(folder, asked, notes)
            except BadSettings:
                raise
            except InvalidInput as error:
                problems += error.problems
                sources |= error.sources
                failed = Unmerged if isinstance(error, Unmerged) else failed
                continue
            if one.plan.raises:
                raised[folder] = one.plan.next
            done.append(one)
        if problems:
            raise failed(tuple(problems), sources)
        order = ordered([one.folder for one in done], everything)
        return tuple(sorted(done, key=lambda one: order.index(one.folder)))

    def _touched(self, folder: str) -> bool:
        """Whether an edit is in a chart's folder already."""
        return any(path.startswith(f"{folder}/" if folder else "") for path in self._work.edits)

    def _chart(self, folder: str, asked: Asked, notes: list[str]) -> Bumped:
        work = self._work
        shown = folder or "."
        chart = work.chart(folder, shown)
        if not chart.name:
            raise CannotDo(f"{shown}: Chart.yaml names no chart", hint="correct it first: chartgen lint says more")
        spec = self._spec(chart, asked)
        if asked.app_version:
            notes += files.application(work, folder, chart, asked.app_version, spec=spec)
            notes += remake.make_anew(work, folder, spec, chart, self._engine) if spec else []
            chart = work.chart(folder, shown)
        if spec:
            chart = remake.generated(work, folder, spec, chart)
        declared = str(chart.metadata.get("version") or "")
        release, old = self._release(folder, chart, asked)
        found = Requirement(Level.NONE)
        if old is not None:
            found = self._compare(old, release, chart, folder)
            notes += found.unjudged
        elif asked.wanted == AUTO:
            notes.append("nothing tells its last release; --against names it")
        made = plan(
            chart.name,
            declared=declared,
            released=release.version if release else "" if old is None else str(old.metadata.get("version", "")),
            required=found.level,
            wanted=asked.wanted,
            because=found.because,
        )
        since = release.told if release else asked.against.replace("{name}", chart.name)
        if made.raises:
            allowed = asked.wanted.allow_breaking if not made.enough else ""
            if asked.wanted.allow_breaking and made.enough:
                notes.append(f"{made.next} allows what has changed, so that no reason is recorded")
            commits = self._commits(release, folder) if asked.commits else ()
            told = entries(found.report, commits=commits, allowed=allowed)
            if spec:
                chart, kept = remake.regenerated(work, folder, spec, chart, made.next, self._engine)
                notes += kept
            notes += files.version(
                work, folder, chart, made, told, allowed=allowed, day=asked.day, generated=bool(spec),
                new_changelog=asked.changelog, new_changes=asked.changes,
            )  # fmt: skip
        return Bumped(folder, made, found, since, (*made.notes, *notes))

    def _spec(self, chart: Chart, asked: Asked) -> str:
        if not asked.use_spec or not (is_generated(chart) or asked.spec):
            return ""
        if asked.spec:
            place = Path(asked.spec).resolve()
            if not place.is_file() or not place.is_relative_to(self._work.root):
                raise CannotDo(
                    f"{asked.spec!r} is no file in {str(self._work.root)!r}", hint="name the chart's app spec"
                )
            return place.relative_to(self._work.root).as_posix()
        return find_spec(self._work.root, chart)

    def _release(self, folder: str, chart: Chart, asked: Asked) -> tuple[Release | None, Chart | None]:
        """The last release and its chart; none where nothing tells."""
        against = asked.against.replace("{name}", chart.name)
        if against.startswith(("git:", "oci://", "https://", "http://")) or against.endswith((".tgz", ".tar.gz")):
            return None, chart_of(against, like=str(self._work.root / folder), engine=self._engine_name)
        if self._history is None:
            if against:
                raise CannotDo(
                    f"{folder or '.'} is in no git repository", hint="--against names a package then: web-1.2.0.tgz"
                )
            return None, None
        release = self._history.at(against, folder, chart.name) if against else self._history.last(folder, chart.name)
        return release, self._history.chart(release) if release else None

    def _compare(self, old: Chart, release: Release | None, chart: Chart, folder: str) -> Requirement:
        snapshot = self._history.snapshot(release.commit) if self._history and release else None

        def then(place: str) -> Chart | None:
            return snapshot.chart(place, place) if snapshot is not None else None

        def now(place: str) -> Chart | None:
            return self._work.chart(place, place)

        before = State(old, release.folder if release else folder, then)
        both = comparable(before, State(chart, folder, now))
        return requirement(*both, engine=self._engine, held=self._held(folder))

    def _commits(self, release: Release | None, folder: str) -> tuple[str, ...]:
        if self._history is None or release is None:
            raise CannotDo("--commits lists the commits since the last release, which is in no history here")
        return self._history.subjects(release.commit, folder)
