"""Finds the rules: every module below ``rules/<group>/`` holds exactly one.

Rules are discovered by folder, so that adding one touches one file. A rule's module is imported when a run needs it;
which rules those are is read in ``index.py``, which ``python -m chartgen.dev regen`` writes, because importing all of
them would take longer than linting a chart.
"""

from collections.abc import Set
from functools import cache, cached_property

from chartgen.chart.model import Chart
from chartgen.onefile import modules, only
from chartgen.rules.base import (
    ChartRule,
    ObjectRule,
    PodRule,
    Profile,
    Rule,
    ScenarioContext,
    ScenarioRule,
)
from chartgen.rules.index import FACTS, KEYS, KINDS, NEEDS, TROUBLES
from chartgen.tuples import NamedTuple

_FOLDER = __file__.removesuffix("/catalogue.py")

SHAPES = {"pod": PodRule, "object": ObjectRule, "scenario": ScenarioRule, "chart": ChartRule, "lint": Rule}
"""What rules look at, by the name that ``Facts.shape`` gives it; a rule has the first that fits."""


_PROFILES = {profile.value: profile for profile in Profile}


class Facts(NamedTuple):
    """What decides whether a run needs a rule. ``kinds`` empty means all; ``hooks`` whether hook objects are judged;
    ``needs`` what a chart must have one of, ``keys`` what an object must, ``troubles`` what must be wrong.
    """

    shape: str
    profile: Profile
    pod_security: Profile | None
    kinds: frozenset[str]
    hooks: bool
    needs: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()

    def applies(self, kind: str, *, hook: bool) -> bool:
        """Whether an object or pod rule looks at objects of a kind that are hooks, or are not."""
        return (not self.kinds or kind in self.kinds) and (self.hooks or not hook)

    def has_key(self, keys: Set[str]) -> bool:
        """Whether any of an object's keys is one that the rule needs; true where it needs none."""
        return not self.keys or not keys.isdisjoint(self.keys)

    def looks_at_scenario(self, ctx: ScenarioContext) -> bool:
        """Whether a scenario has what a rule about scenarios looks at."""
        if self.troubles and ctx.trouble_kinds.isdisjoint(self.troubles):
            return False
        if self.kinds and not any(kind in ctx.by_kind for kind in self.kinds):
            return False
        objects = ctx.of_kind(*self.kinds) if self.kinds and self.keys else ctx.objects
        return not self.keys or any(self.has_key(obj.document.keys) for obj in objects)

    def looks_at_chart(self, has: "Has") -> bool:
        """Whether a chart has one of the files, folders, keys of Chart.yaml and words that a rule needs."""
        return not self.needs or any(map(has, self.needs))


class Has:
    """Whether a chart has what a rule needs: ``Has(chart)("templates:lookup")``. Many rules need the same."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._known: dict[str, bool] = {}

    def __call__(self, need: str) -> bool:
        """Whether it has what a rule ``needs`` (``ChartRule``)."""
        if need not in self._known:
            self._known[need] = self._looked_up(need)
        return self._known[need]

    def _looked_up(self, need: str) -> bool:
        chart, files = self._chart, self._chart.files
        file, _, word = need.partition(":")
        if file == "templates":
            return word.encode() in self._templates
        if word:
            return file in files and (word in chart.metadata or not chart.metadata)
        return any(path.startswith(need) for path in files) if need.endswith("/") else need in files

    @cached_property
    def _templates(self) -> bytes:
        return b"\n".join(self._chart.files[path] for path in self._chart.templates)


@cache
def ids() -> dict[str, str]:
    """Every rule's id -> its module, sorted by group and id."""
    return modules("chartgen.rules", _FOLDER)


@cache
def rule(rule_id: str) -> Rule:
    """One rule by id. Raises KeyError for an unknown id, AssertionError when its module breaks the house rules."""
    return only(ids()[rule_id], Rule, rule_id)


@cache
def facts(rule_id: str) -> Facts:
    """What the index says of a rule; a rule that is not in it yet is asked itself. Raises KeyError."""
    if rule_id not in FACTS:
        return facts_of(rule(rule_id))
    shape, profile, level, kinds, hooks = FACTS[rule_id]
    needs, keys, troubles = NEEDS.get(rule_id, ()), KEYS.get(rule_id, ()), TROUBLES.get(rule_id, ())
    return Facts(shape, _PROFILES[profile], _PROFILES.get(level), KINDS[kinds], hooks, needs, keys, troubles)


def facts_of(found: Rule) -> Facts:
    """The facts of a rule, from its class."""
    shape = next(name for name, base in SHAPES.items() if isinstance(found, base))
    kinds: frozenset[str] = getattr(found, "kinds", frozenset())
    needs, keys, troubles = (getattr(found, name, ()) for name in ("needs", "keys", "troubles"))
    hooks: bool = getattr(found, "hooks", True)
    return Facts(shape, found.profile, found.pod_security, kinds, hooks, needs, keys, troubles)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by group and id."""
    return tuple(rule(rule_id) for rule_id in ids())
