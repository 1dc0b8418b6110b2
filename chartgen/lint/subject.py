"""One chart of a run, and what has been found in it so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure
from chartgen.lint.drafts import Draft
from chartgen.lint.excuses import Excuse
from chartgen.lint.scenarios import Scenario
from chartgen.lint.standins import with_stand_ins
from chartgen.policy.ignores import Ignore
from chartgen.yamlread import Document
from chartgen.yamlscalar import YamlError

if TYPE_CHECKING:
    from chartgen.lint.fixops import Plan


class Subject:
    """One chart of a run: its scenarios, and what has been found so far.

    ``unreadable`` says why there is no chart, ``hint`` what to do about it. ``texts`` are the rendered files that
    something was found in, by scenario; ``plans`` what can be done about the findings. ``versions`` are the Kubernetes
    releases that it is judged for, in whichever scenario. ``where`` is the chart's folder as seen from the policy
    file's, ``used`` the policy's ignores that were needed, ``documents`` the files that were read as YAML.
    ``stood_in`` is the chart with stand-ins for the key pairs it would make, and ``to_render`` what Helm gets: that, or
    the chart as it is once it turned out that stand-ins do not do.
    """

    def __init__(self, chart: Chart, *, unreadable: Failure | None = None, hint: str = "", where: str = "") -> None:
        self.chart = chart
        self.stood_in = self.to_render = with_stand_ins(chart)
        self.where = where
        self.unreadable = unreadable
        self.hint = hint
        self.scenarios: tuple[Scenario, ...] = ()
        self.versions = 0
        self.drafts: dict[object, Draft] = {}
        self.excuses: dict[object, Excuse] = {}
        self.rendered: set[str] = set()
        self.failures: dict[str, Failure] = {}
        self.texts: dict[str, dict[str, str]] = {}
        self.objects = 0
        self.used: set[Ignore] = set()
        self.documents: dict[str, Document | YamlError | None] = {}
        self.plans: list[Plan] = []

    @property
    def name(self) -> str:
        """The chart as the user named it."""
        return self.chart.origin or self.chart.name or (self.unreadable and self.unreadable.path) or ""

    def path(self, file: str) -> str:
        """A file of the chart, or its folder for ``""``, as policy files name it: from their own folder."""
        return "/".join(part for part in (self.where, file) if part)

    @property
    def was_cut_short(self) -> bool:
        """Whether a limit was hit or Helm died, which may end otherwise next time."""
        return any(failure.kind in ("timeout", "memory", "crash") for failure in self.failures.values())

    @property
    def is_library(self) -> bool:
        """A library chart is never rendered by itself, and that is no fault."""
        return self.chart.metadata.get("type") == "library"

    def scenario(self, name: str) -> Scenario:
        """The scenario of a name."""
        return next(scenario for scenario in self.scenarios if scenario.name == name)

    def forgive(self) -> None:
        """Drop that the default values fail where the user's own render: they were asked for, and given."""
        for default in [scenario for scenario in self.scenarios if scenario.is_default]:
            alike = [scenario for scenario in self.scenarios if scenario.round == default.round]
            given = [scenario.name for scenario in alike if scenario.is_given]
            if default.name in self.failures and given and not any(name in self.failures for name in given):
                for identity, draft in list(self.drafts.items()):
                    if default.name in draft.scenarios:
                        draft.scenarios.remove(default.name)
                        if not draft.scenarios:
                            del self.drafts[identity]
                del self.failures[default.name]

    def add(self, draft: Draft, scenario: str) -> None:
        """Keep what was found; seen again in another scenario, it is the same finding."""
        known = self.drafts.setdefault(draft.identity, draft)
        if known is not draft:
            known.versions |= draft.versions
            known.severity = min(known.severity, draft.severity, key=lambda severity: severity.rank)
        if scenario and scenario not in known.scenarios:
            known.scenarios.append(scenario)
