"""Finds the rules: every module below ``rules/<group>/`` holds exactly one.

Rules are discovered by folder, so that adding one touches one file. A rule's module is imported when a run needs it;
which rules those are is read in ``index.py``, which ``python -m chartgen.dev regen`` writes, because importing all of
them would take longer than linting a chart.
"""

from functools import cache

from chartgen.onefile import modules, only
from chartgen.rules.base import ChartRule, ObjectRule, PodRule, Profile, Rule, ScenarioRule
from chartgen.rules.index import FACTS, KINDS, NEEDS
from chartgen.tuples import NamedTuple

_FOLDER = __file__.removesuffix("/catalogue.py")

SHAPES = {"pod": PodRule, "object": ObjectRule, "scenario": ScenarioRule, "chart": ChartRule, "lint": Rule}
"""What rules look at, by the name that ``Facts.shape`` gives it; a rule has the first that fits."""


class Facts(NamedTuple):
    """What decides whether a run needs a rule. ``kinds`` empty means all; ``hooks`` whether hook objects are judged;
    ``needs`` what a chart must have one of.
    """

    shape: str
    profile: Profile
    pod_security: Profile | None
    kinds: frozenset[str]
    hooks: bool
    needs: tuple[str, ...] = ()

    def applies(self, kind: str, *, hook: bool) -> bool:
        """Whether an object or pod rule looks at objects of a kind that are hooks, or are not."""
        return (not self.kinds or kind in self.kinds) and (self.hooks or not hook)


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
    pod_security = Profile(level) if level else None
    return Facts(shape, Profile(profile), pod_security, KINDS[kinds], hooks, NEEDS.get(rule_id, ()))


def facts_of(found: Rule) -> Facts:
    """The facts of a rule, from its class."""
    shape = next(name for name, base in SHAPES.items() if isinstance(found, base))
    kinds: frozenset[str] = getattr(found, "kinds", frozenset())
    hooks, needs = getattr(found, "hooks", True), getattr(found, "needs", ())
    return Facts(shape, found.profile, found.pod_security, kinds, hooks, needs)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by group and id."""
    return tuple(rule(rule_id) for rule_id in ids())
