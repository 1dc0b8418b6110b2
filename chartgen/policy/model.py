"""What a run asks of the rules: a profile, rules chosen or left out by name, and severities of its own.

Names are rule ids (``floating-image-tag``) or groups (``security``). ``select`` replaces the profile; ``ignore`` wins
over both. An unknown name is an error, because a rule that silently never runs is worse than none.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from chartgen.errors import CannotDo
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.nearest import nearest
from chartgen.policy.ignores import Ignore
from chartgen.rules import catalogue
from chartgen.rules.base import Profile, Rule
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.policy.custom import CustomPolicies

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


CUSTOM = "custom"
"""The group of the user's own policies."""


class Policy(NamedTuple):
    """The rules of a run.

    ``profile`` is used where ``select`` is empty; ``enabled`` adds rules to it by id. ``severities`` overrides a
    rule's own severity and ``options`` its options, both by id. What ``required`` names cannot be allowed by anyone.

    ``ignores`` are what a policy file allows, ``file`` and ``text`` its name and content; ``today`` (``2026-11-26``)
    decides what has expired. ``is_whole`` says that all the charts that the file is for take part. ``custom`` are the
    user's own policies, which run in every profile, and in a selection that names them or their group, ``custom``.
    ``hooks`` has every rule judge hooks and tests too, as other tools do. ``unseen`` are, by rule id, the kinds and
    fields in which a rule finds nothing, because the tool whose reading it has never looks there; ``kinds`` are the
    only ones in which it finds something, where a rule has any.
    """

    profile: Profile = Profile.RECOMMENDED
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = MappingProxyType({})
    options: Mapping[str, Any] = MappingProxyType({})
    enabled: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    file: str = ""
    text: str = ""
    today: str = ""
    is_whole: bool = False
    custom: "CustomPolicies | None" = None
    hooks: bool = False
    unseen: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    kinds: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def custom_ids(self) -> tuple[str, ...]:
        """The ids of the user's own policies."""
        return self.custom.ids if self.custom else ()

    def ids(self) -> tuple[str, ...]:
        """The rules to run, sorted by group and id, and then the user's own policies.

        Raises CannotDo for a name that is neither a rule nor a group.
        """
        own = self.custom_ids
        expand(self.severities, "severities", own)
        expand(self.options, "options")
        left_out = set(expand(self.ignore, "ignore", own))
        if self.select:
            wanted = expand((*self.select, *ESSENTIAL, *self.enabled), "select", own)
        else:
            wanted = (*self._of_profile(), *own)
        return tuple(rule_id for rule_id in wanted if rule_id not in left_out)

    def _of_profile(self) -> tuple[str, ...]:
        added = {*ESSENTIAL, *expand(self.enabled, "rules")}
        return tuple(
            rule_id
            for rule_id, facts in ((rule_id, catalogue.facts(rule_id)) for rule_id in catalogue.ids())
            if rule_id in added or self.profile.includes(facts.profile, facts.pod_security)
        )

    def rule(self, rule_id: str) -> Rule:
        """A rule as this policy sets it; a level of the Pod Security Standards is an option too. Raises KeyError."""
        if self.custom and rule_id in self.custom_ids:
            return self.custom.rule(rule_id)
        rule = catalogue.rule(rule_id)
        options = self.options.get(rule_id, rule.options)
        if self.level and getattr(options, "pod_security", None) == "":
            options = options._replace(pod_security=self.level)
        return rule if options is rule.options else type(rule)(options)

    @property
    def level(self) -> str:
        """The level of the Pod Security Standards whose rules run: ``baseline``, ``restricted`` or ``""``."""
        is_level = self.profile in (Profile.PSS_BASELINE, Profile.PSS_RESTRICTED) and not self.select
        return self.profile.value.removeprefix("pss-") if is_level else ""

    def severity(self, rule_id: str, own: Severity) -> Severity:
        """The severity of a rule's finding whose own severity is ``own``."""
        return self.severities.get(rule_id, own)

    def overlooks(self, rule_id: str, kind: str, pointer: Pointer) -> bool:
        """Whether what a rule found, at a place in an object of a kind, is where its reading never looks."""
        unseen, kinds = self.unseen.get(rule_id), self.kinds.get(rule_id)
        if unseen is None:
            return False
        return kind in unseen or bool(kinds and kind not in kinds) or any(part in unseen for part in pointer.parts)

    def required_ids(self) -> frozenset[str]:
        """The rules whose findings nobody may allow. Raises CannotDo for a name that is neither a rule nor a group."""
        return frozenset(expand(self.required, "required", self.custom_ids))


def expand(names: Iterable[str], where: str, custom: tuple[str, ...] = (), *, guess: bool = True) -> tuple[str, ...]:
    """Rule ids for ids and groups, in the catalogue's order. Raises CannotDo, naming ``where``, for an unknown name.

    ``custom`` are the user's own policies, a group of that name, which come last. Without ``guess`` nobody looks for
    the name that was meant, which takes longer than all the rest.
    """
    ids = (*catalogue.ids(), *custom)
    groups = _groups()
    wanted: set[str] = set()
    for name in names:
        if name in ids:
            wanted.add(name)
        elif name == CUSTOM and custom:
            wanted.update(custom)
        elif name in groups:
            wanted.update(rule_id for rule_id, module in catalogue.ids().items() if module.split(".")[-2] == name)
        else:
            hint = nearest(name, (*ids, *groups)) if guess else ""
            raise CannotDo(
                f"unknown rule {name!r} in {where}",
                hint=f"did you mean {hint!r}?" if hint else "'chartgen rules' lists all rules",
            )
    return tuple(rule_id for rule_id in ids if rule_id in wanted)


@cache
def _groups() -> frozenset[str]:
    return frozenset(module.split(".")[-2] for module in catalogue.ids().values())
