"""What a policy file and a command line ask together -> the policy of a run. The command line wins."""

from typing import TYPE_CHECKING, Any

from chartgen.policy.config import Config
from chartgen.policy.model import CUSTOM, Policy
from chartgen.policy.options import read_options
from chartgen.rules import catalogue
from chartgen.rules.base import Profile, Rule
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.policy.compat import Check, Reading


Reach = dict[str, tuple[str, ...]]
"""Kinds or fields, by the rule that looks there, or does not."""


class Wishes(NamedTuple):
    """What the command line asks of the rules; empty where it does not say."""

    profile: str = ""
    compat: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    custom: bool = False
    """Whether it brings policies of the user's own, which a selection then includes."""


_NONE = Wishes()


def build(config: Config, wishes: Wishes = _NONE, *, today: str = "", is_whole: bool = False) -> Policy:
    """The policy of a run, or of the charts of a run that share a policy file.

    ``compat`` is a profile of its own: the rules that the tool runs unasked, as the tool reads them; with it, the
    tool's own names may be selected and ignored, and hooks are judged like everything else. A selection on the command
    line replaces all that says which rules run. Raises CannotDo for an unknown rule and for a wrong option.
    """
    compat = wishes.compat or ("" if wishes.profile else config.compat)
    select = wishes.select or (() if wishes.profile or wishes.compat else config.select)
    ignore = (*config.ignore, *config.off, *wishes.ignore)
    options: dict[str, Any] = {}
    unseen: Reach = {}
    kinds: Reach = {}
    if compat:
        from chartgen.policy.compat import checks

        shared = checks(compat)
        chosen = [shared[name] for name in select if name in shared]
        if not select:
            chosen = [check for check in shared.values() if check.default]
        left_out = {name for name in ignore if name in shared}
        chosen = [check for check in chosen if check.id not in left_out]
        options = _options(chosen)
        unseen, kinds = _reach(compat, chosen)
        select = (*(name for name in select if name not in shared), *(rule for check in chosen for rule in check.rules))
        ignore = tuple(name for name in ignore if name not in shared)
    if select and wishes.custom:
        select = (*select, CUSTOM)
    return Policy(
        profile=Profile(wishes.profile) if wishes.profile else config.profile or Profile.RECOMMENDED,
        select=select,
        ignore=ignore,
        severities=config.severities,
        options={**options, **config.options},
        enabled=() if wishes.select else config.enabled,
        required=config.required,
        ignores=config.ignores,
        file=config.file,
        text=config.text,
        today=today,
        is_whole=is_whole,
        custom=config.custom,
        hooks=bool(compat),
        unseen=unseen,
        kinds=kinds,
    )


def _options(chosen: "list[Check]") -> dict[str, Any]:
    """The rules' options that give them a tool's reading, for the checks that were chosen."""
    joined = {rule_id: _joined(catalogue.rule(rule_id), readings) for rule_id, readings in _by_rule(chosen).items()}
    return {rule_id: read_options(catalogue.rule(rule_id), said) for rule_id, said in joined.items() if said}


def _reach(tool: str, chosen: "list[Check]") -> tuple[Reach, Reach]:
    """By rule, the kinds and fields that no chosen check looks at, and the kinds that the chosen checks are about.

    Both are sorted, because the policy of a run is part of what results are remembered by.
    """
    from chartgen.policy.compat import UNSEEN

    unseen: Reach = {}
    kinds: Reach = {}
    for rule_id, readings in _by_rule(chosen).items():
        unseen[rule_id] = _sorted(UNSEEN[tool] | frozenset.intersection(*(reading.unseen for reading in readings)))
        if all(reading.kinds for reading in readings):
            kinds[rule_id] = _sorted(frozenset.union(*(reading.kinds for reading in readings)))
    return unseen, kinds


def _sorted(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _by_rule(chosen: "list[Check]") -> "dict[str, list[Reading]]":
    found: dict[str, list[Reading]] = {}
    for reading in (reading for check in chosen for reading in check.readings):
        found.setdefault(reading.rule, []).append(reading)
    return found


def _joined(rule: Rule, readings: "list[Reading]") -> dict[str, Any]:
    """One set of options where several checks of a tool are one rule of ours, so that none of them loses anything."""
    joined: dict[str, Any] = {}
    for name in dict.fromkeys(name for reading in readings for name in reading.options):
        values = [reading.options[name] for reading in readings if name in reading.options]
        if isinstance(values[0], list):
            # An empty list stands for everything; a check that does not narrow it wants everything.
            is_narrow = len(values) == len(readings) or getattr(rule.options, name.replace("-", "_"))
            joined[name] = list(dict.fromkeys(one for value in values for one in value)) if is_narrow else []
        else:
            joined[name] = True if True in values else values[-1]
    return joined
