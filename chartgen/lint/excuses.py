"""What the annotations of an object allow: ours, and those that other linters read.

An annotation of the pod template excuses its workload too, because that is where charts let people put annotations.
"""

import re
from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import pod_spec
from chartgen.lint.drafts import Owner, Spot, spot
from chartgen.lint.suppress import split_until
from chartgen.location import Pointer
from chartgen.rules.base import Place

ANNOTATION = "chartgen.dev/allow."
"""An annotation with this prefix and a rule's id allows what that rule finds in the object."""

EVERYTHING = "*"
"""Stands for every rule."""

_FOREIGN = re.compile(
    r"(?:ignore-check\.)?kube-linter\.io/|kube-score/ignore$|polaris\.fairwinds\.com/|(?:checkov|bridgecrew|cortex)\.io/skip"
)

_IMPLIED = {"container-resources": ("container-ephemeral-storage-request-and-limit",)}
"""Checks of kube-score that are ignored together with another."""


class Excuse:
    """A rule allowed by an annotation of an object, which stands at ``spot``; until a day, if it says so.

    ``tool`` is whose annotation it is, ``""`` for ours. ``part`` limits it to findings at one field.
    """

    def __init__(
        self, rule: str, reason: str, owner: Owner, spot: Spot, *, until: str = "", tool: str = "", part: str = ""
    ) -> None:
        self.rule = rule
        self.reason = reason
        self.owner = owner
        self.spot = spot
        self.until = until
        self.tool = tool
        self.part = part
        self.scenarios: list[str] = []

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where it stands."""
        return (self.spot,)

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for the same annotation seen in another scenario."""
        return (self.rule, self.owner.identity, self.reason, self.part)

    def covers(self, rule: str, owner: Owner | None, pointer: Pointer) -> bool:
        """Whether it allows what a rule found in an object, at a place."""
        return (
            owner is not None
            and self.rule in (rule, EVERYTHING)
            and self.owner.identity == owner.identity
            and (not self.part or self.part in pointer.parts)
        )


def excuses(obj: RenderedObject) -> Iterator[Excuse]:
    """The annotations of an object, and of its pod template, that allow something."""
    if "annotations" not in obj.document.keys:
        return
    above = [(Pointer(("metadata", "annotations")), obj.annotations)]
    pod = pod_spec(obj.kind, obj.body)
    if pod is not None and obj.kind != "Pod":
        above.append((pod.pointer.parent / "metadata" / "annotations", pod.annotations))
    for pointer, annotations in above:
        for key, value in annotations.items():
            if key.startswith(ANNOTATION):
                until, reason = split_until(value.strip() if isinstance(value, str) else "")
                where = spot(Place.on(obj, pointer / key, key=True))
                yield Excuse(key.removeprefix(ANNOTATION), reason, Owner.of(obj), where, until=until)
            elif _FOREIGN.match(key):
                where = spot(Place.on(obj, pointer / key, key=True))
                for tool, check, reason in _foreign(key, value):
                    for rule, part in _rules(tool, check):
                        yield Excuse(rule, reason or key, Owner.of(obj), where, tool=tool, part=part)


def _foreign(key: str, value: Any) -> Iterator[tuple[str, str, str]]:
    """What another tool's annotation ignores: the tool, its check (``*`` for all of them), and the reason given."""
    said = value.strip() if isinstance(value, str) else ""
    if key.startswith("ignore-check.kube-linter.io/"):
        yield "kube-linter", key.partition("/")[2], said
    elif key == "kube-linter.io/ignore-all":
        yield "kube-linter", EVERYTHING, said
    elif key == "kube-score/ignore":
        checks = [check.strip() for check in said.split(",")]
        yield from (("kube-score", check, "") for named in checks for check in (named, *_IMPLIED.get(named, ())))
    elif key == "polaris.fairwinds.com/exempt" and said.lower() == "true":
        yield "polaris", EVERYTHING, ""
    elif key.startswith("polaris.fairwinds.com/") and key.endswith("-exempt") and said.lower() == "true":
        yield "polaris", key.partition("/")[2].removesuffix("-exempt"), ""
    elif key.startswith(("checkov.io/skip", "bridgecrew.io/skip", "cortex.io/skip")):
        check, _, reason = said.partition("=")
        yield "checkov", check.strip(), reason.strip()


def _rules(tool: str, check: str) -> Iterator[tuple[str, str]]:
    """Our rules for a tool's check, each with the field that the check is about; none for a check we do not share."""
    from chartgen.policy.compat import checks

    shared = checks(tool)
    for one in shared.values() if check == EVERYTHING else filter(None, [shared.get(check)]):
        for reading in one.readings:
            yield reading.rule, reading.part
