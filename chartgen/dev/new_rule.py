"""Writes the frame of a rule or a judgement, so that adding one is filling in a file."""

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
    keys = ("A KEY WITHOUT WHICH NOTHING IS FOUND: NONE WHERE THE FAULT IS THAT SOMETHING IS MISSING",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """ASK WHAT OF EACH CONTAINER."""
        for container in pod.containers:
            yield self.fault(Place.on(obj, container.at("name")), f"{{container.title}} ...", help="...")
'''


_JUDGEMENT = '''"""SAY IN A FEW WORDS WHAT IT IS ABOUT."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict


class {cls}(PairJudgement):
    """SAY IN ONE SENTENCE WHAT HAPPENED.

    ## Why
    WHAT THAT MEANS FOR SOMEBODY WHO UPGRADES, AND WHICH CHART HAS TAUGHT IT.

    ## Before
    ```yaml
    ```

    ## After
    ```yaml
    ```

    ## Not this
    ```yaml
    ```
    """

    id = "{id}"
    level = Level.MAJOR
    hurts = "WHOM"
    advice = "WHAT TO TELL THEM"

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """ASK WHAT OF EACH OBJECT."""
        for change in pair.under("spec"):
            yield self.verdict("...", old=At.on(pair.old, change.old), new=At.on(pair.new, change.new))
'''


def write(root: Path, name: str) -> str:
    """Write ``chartgen/rules/<group>/<id>.py`` and return its path. Never overwrites; raises CannotDo."""
    return _write(root / "chartgen" / "rules", name, "rule", _FRAME, "floating-image-tag").relative_to(root).as_posix()


def write_judgement(root: Path, name: str) -> str:
    """Write ``chartgen/judgements/<area>/<id>.py`` and return its path. Never overwrites; raises CannotDo."""
    folder = root / "chartgen" / "judgements"
    return _write(folder, name, "judgement", _JUDGEMENT, "selector-changed").relative_to(root).as_posix()


def _write(folder: Path, name: str, what: str, frame: str, example: str) -> Path:
    group, _, own = name.partition("/")
    groups = sorted(path.parent.name for path in folder.glob("*/__init__.py"))
    if group not in groups:
        raise CannotDo(f"no group is called {group!r}", hint=f"the groups are {', '.join(groups)}")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", own):
        raise CannotDo(f"{own!r} is no {what} id", hint=f"name it in words, e.g. {example}")
    file = f"{own.replace('-', '_')}.py"
    taken = next(iter(folder.glob(f"*/{file}")), None)
    if taken is not None:
        raise CannotDo(f"{what} {own!r} exists already, in {taken.relative_to(folder.parents[1]).as_posix()}")
    path = folder / group / file
    cls = "".join(word.capitalize() for word in own.split("-"))
    path.write_text(frame.format(id=own, cls=cls), encoding="utf-8")
    return path
