"""Writes the frame of a rule, so that adding one is filling in a file."""

from __future__ import annotations

import re
from pathlib import Path

from chartgen.errors import CannotDo

_FRAME = '''"""SAY IN A FEW WORDS WHAT IT IS ABOUT."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class {cls}(PodRule):
    """SAY IN ONE SENTENCE WHAT IS WRONG.

    ## Why
    WHAT HAPPENS TO SOMEBODY WHO LEAVES IT SO.

    ## Bad
    ```yaml
    ```

    ## Good
    ```yaml
    ```
    """

    id = "{id}"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """ASK WHAT OF EACH CONTAINER."""
        for container in pod.containers:
            yield self.fault(Place.on(obj, container.at("name")), f"{{container.title}} ...", help="...")
'''


def write(root: Path, name: str) -> str:
    """Write ``chartgen/rules/<group>/<id>.py`` and return its path. Never overwrites; raises CannotDo."""
    group, _, rule_id = name.partition("/")
    rules = root / "chartgen" / "rules"
    groups = sorted(path.parent.name for path in rules.glob("*/__init__.py"))
    if group not in groups:
        raise CannotDo(f"no group is called {group!r}", hint=f"the groups are {', '.join(groups)}")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", rule_id):
        raise CannotDo(f"{rule_id!r} is no rule id", hint="name the fault in words, e.g. floating-image-tag")
    file = f"{rule_id.replace('-', '_')}.py"
    taken = next(iter(rules.glob(f"*/{file}")), None)
    if taken is not None:
        raise CannotDo(f"rule {rule_id!r} exists already, in {taken.relative_to(root).as_posix()}")
    path = rules / group / file
    cls = "".join(word.capitalize() for word in rule_id.split("-"))
    path.write_text(_FRAME.format(id=rule_id, cls=cls), encoding="utf-8")
    return path.relative_to(root).as_posix()
