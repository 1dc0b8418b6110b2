"""What a run asks of the rules: a profile, rules chosen or left out by name, and severities of its own.

Names are rule ids (``floating-image-tag``) or groups (``security``). ``select`` replaces the profile; ``ignore`` wins
over both. An unknown name is an error, because a rule that silently never runs is worse than none.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from chartgen.errors import CannotDo
from chartgen.findings import Severity
from chartgen.rules import catalogue
from chartgen.rules.base import Profile, Rule

ESSENTIAL = (
    "broken-yaml",
    "chart-does-not-load",
    "chart-refused",
    "missing-dependency",
    "not-an-object",
    "render-limit-exceeded",
    "rule-crashed",
    "template-fails",
    "values-rejected",
)
"""Rules that run whatever is selected, unless they are ignored by name: what they report keeps others from judging."""


class Policy(NamedTuple):
    """The rules of a run.

    ``profile`` is used where ``select`` is empty. ``severities`` overrides a rule's own severity by id.
    """

    profile: Profile = Profile.RECOMMENDED
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = MappingProxyType({})

    def candidates(self) -> tuple[str, ...]:
        """The rules that may run, before the profile is asked, which takes importing them; sorted by group and id.

        Raises CannotDo for a name that is neither a rule nor a group.
        """
        chosen = _expand((*self.select, *ESSENTIAL), "select") if self.select else tuple(catalogue.ids())
        left_out = set(_expand(self.ignore, "ignore"))
        _expand(self.severities, "severities")
        return tuple(rule_id for rule_id in chosen if rule_id not in left_out)

    def rules(self) -> tuple[Rule, ...]:
        """The rules to run, sorted by group and id. Raises CannotDo as ``candidates`` does."""
        rules = map(catalogue.rule, self.candidates())
        return tuple(rule for rule in rules if self.select or self.profile.includes(rule.profile))

    def severity(self, rule_id: str, own: Severity) -> Severity:
        """The severity of a rule's finding whose own severity is ``own``."""
        return self.severities.get(rule_id, own)


def _expand(names: Iterable[str], where: str) -> tuple[str, ...]:
    """Rule ids for ids and groups, in the catalogue's order."""
    ids = catalogue.ids()
    groups = {module.split(".")[-2] for module in ids.values()}
    wanted: set[str] = set()
    for name in names:
        if name in ids:
            wanted.add(name)
        elif name in groups:
            wanted.update(rule_id for rule_id, module in ids.items() if module.split(".")[-2] == name)
        else:
            hint = nearest(name, (*ids, *groups))
            raise CannotDo(
                f"unknown rule {name!r} in {where}",
                hint=f"did you mean {hint!r}?" if hint else "'chartgen rules' lists all rules",
            )
    return tuple(rule_id for rule_id in ids if rule_id in wanted)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that ``name`` was probably meant to be, or ``""``."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), "")
