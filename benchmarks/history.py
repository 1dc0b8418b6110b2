"""What chartgen asks of releases that public charts have made, beside what their maintainers asked.

    python benchmarks/history.py CLONE [--half dev|report|all] [--charts 30] [--documented 6] [--quiet 6] [--show]

CLONE is a git clone with its history (bare or not) of a repository of charts, in a folder with its owner's name. For
each chart the versions it was released in are read from its history: every commit of the main line that changes
``version`` in Chart.yaml. A sample of consecutive versions is compared, drawn with a fixed seed:

- documented: the README or UPGRADING of the new version has a section for it (``### To 7.0.0``; for less than a major
  version only if it asks something of users), or a changelog or ``artifacthub.io/changes`` calls something breaking.
  chartgen should ask for a major version: recall.
- quiet: no such section, and the version was raised by less than a major step. chartgen should not: false majors. Only
  versions from 1.0.0 on: before, nothing was promised, and nothing was noted.

Below 1.0.0 a minor version plays major's part. Charts are in the half ``dev`` or ``report`` by the last digit of their
name's SHA-256, so that judgements can be made on one and measured on the other. Dependencies are put in from the clones
that are named (see ``clones``); where others are missing, only what needs no rendering is compared.

``--again FILE`` looks at the releases in a file that ``--json`` has written, or at those of its lines that are kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import time
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from clones import Release, Repository, Shelf

from chartgen.changes import Certainty, DiffReport, Level
from chartgen.chart.git import contents
from chartgen.chart.read import metadata
from chartgen.diff.run import diff
from chartgen.engine.api import Engine, Job, Rendered
from chartgen.engine.choose import open_engine
from chartgen.errors import ChartgenError
from chartgen.version import Version, compare

SEED = 2026
LOOKED_AT = 60
NOTES = ("README.md", "README.md.gotmpl", "UPGRADING.md", "UPGRADE.md", "CHANGELOG.md", "Changelog.md")
BREAKS = re.compile(r"\bbreaking\b|⚠|:warning:|:boom:|💥", re.IGNORECASE)
ASKS = re.compile(
    r"\b(must|(need|needs|have|has) to|no longer|not .{1,20}any ?more|renam\w+|remov\w+|migrat\w+|incompatib\w+"
    r"|manually|before upgrad\w+|by default|delet\w+|recreat\w+|drop\w*|move to|replaced?)\b",
    re.IGNORECASE,
)
"""Words of a section that asks something of those who upgrade; what only tells of something new has none of them."""

DENIES = re.compile(
    r"\bno (breaking changes?|(major )?(issues?|problems?))( are| is)? (expected|introduced)|\bnot a breaking change",
    re.IGNORECASE,
)
"""Words of a section that says that nothing breaks."""


class Step(NamedTuple):
    """Two consecutive releases of one chart. ``note`` is what its documentation says of a break, or ``""``."""

    folder: str
    old: Release
    new: Release
    declared: str
    note: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether nobody said that something breaks, and somebody could have."""
        return not self.note and self.declared != "major" and not self.old.version.startswith("0.")


class Judgement(NamedTuple):
    """What chartgen asks of a step: the level, whether it is certain of it, and why."""

    step: Step
    level: Level
    definite: bool
    reasons: tuple[str, ...]
    rendered: bool
    judgements: tuple[str, ...] = ()


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare what chartgen asks of releases with what was declared.")
    parser.add_argument("clone", type=Path, nargs="+", help="a git clone of a repository of charts")
    parser.add_argument("--half", choices=("dev", "report", "all"), default="dev", help="which charts (default: dev)")
    parser.add_argument("--only", default="", help="charts whose folder matches this expression")
    parser.add_argument("--again", type=Path, help="only the releases in a file that --json has written")
    parser.add_argument("--charts", type=int, default=0, help="at most so many charts of a repository")
    parser.add_argument("--documented", type=int, default=6, help="documented breaks of a chart (default: 6)")
    parser.add_argument("--quiet", type=int, default=6, help="quiet releases of a chart (default: 6)")
    parser.add_argument("--show", action="store_true", help="print every step on which chartgen and maintainers differ")
    parser.add_argument("--json", type=Path, help="write every judgement into this file, one a line, as it is made")
    arguments = parser.parse_args()
    found: list[Judgement] = []
    begun = time.monotonic()
    names = named(arguments.again) if arguments.again else None
    if arguments.json:
        arguments.json.write_text("", encoding="utf-8")
    repositories = [Repository(clone) for clone in arguments.clone]
    with open_engine(jobs=2) as engine:
        shelf = Shelf(repositories, lambda chart: all(isinstance(one, Rendered) for one in engine.render([Job(chart)])))
        for repository in repositories:
            for folder in chosen(repository, arguments.half, arguments.only, arguments.charts):
                if names is not None and folder not in names:
                    continue
                for step in sample(repository, steps(repository, folder), arguments.documented, arguments.quiet):
                    if names is not None and step.new.version not in names[folder]:
                        continue
                    judged = judge(shelf, repository, step, engine)
                    if judged is not None:
                        found.append(judged)
                        tell(judged, show=arguments.show, json_file=arguments.json)
    report(found, time.monotonic() - begun)
    return 0


def named(path: Path) -> Mapping[str, Container[str]]:
    """The versions of each chart that a file names which ``--json`` has written."""
    found: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found.setdefault(one["chart"], set()).add(one["new"])
    return found


def steps(repository: Repository, folder: str) -> Iterator[Step]:
    """The steps between consecutive versions; those back, and those from or to a pre-release, are left out."""
    for old, new in pairwise(repository.releases(folder)):
        before, after = Version.parse(old.version), Version.parse(new.version)
        if not before.pre and not after.pre and compare(after, before) > 0:
            yield Step(folder, old, new, declared(before, after))


def note(repository: Repository, step: Step) -> str:
    """What the documentation of the new version says of a break, or ``""``."""
    place = f"{step.new.commit}:{step.folder}"
    texts = contents(repository.root, [f"{place}/{name}" for name in (*NOTES, "Chart.yaml")])
    for name in NOTES:
        text = texts.get(f"{place}/{name}", b"").decode("utf-8", "replace")
        found = section(text, step, is_log="change" in name.lower())
        if found:
            return f"{name}: {found}"
    described = metadata(texts.get(f"{place}/Chart.yaml", b""))
    annotations = described.get("annotations")
    said = str(annotations.get("artifacthub.io/changes", "")) if isinstance(annotations, dict) else ""
    line = next((line.strip() for line in said.splitlines() if BREAKS.search(line)), "")
    return f"artifacthub.io/changes: {line}" if line else ""


def declared(before: Version, after: Version) -> str:
    """The step that a version was raised by; below 1.0.0 minor counts as major."""
    if before.major != after.major:
        return "major"
    if before.minor != after.minor:
        return "major" if before.major == 0 else "minor"
    return "patch"


def section(text: str, step: Step, *, is_log: bool) -> str:
    """The heading of the section about the step; in a changelog only where the section speaks of a break."""
    old, new = Version.parse(step.old.version).numbers, Version.parse(step.new.version).numbers
    parts = re.split(r"^(#{1,5} .*)$", text, flags=re.MULTILINE)
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        versions = re.findall(r"(?<![\w.])v?(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?(?![\w]|\.\d)", heading)
        if not versions:
            continue
        target = tuple(int(part) if part.isdecimal() else 0 for part in versions[-1])
        is_told = len([part for part in versions[-1] if part]) > 1 or re.search(r"\b(to|upgrad\w+)\b", heading.lower())
        if is_told and old < target <= new and asks(heading + body, is_log=is_log, is_major=target[1:] == (0, 0)):
            return heading.strip("# ")
    return ""


def asks(text: str, *, is_log: bool, is_major: bool) -> bool:
    """Whether a section tells of a break: one for a major version in upgrade notes does, others if they say so."""
    text = re.sub(r"https?://\S+|^>.*placeholders.*$", "", text, flags=re.MULTILINE)
    if DENIES.search(text):
        return False
    return bool(BREAKS.search(text) or (not is_log and (is_major or ASKS.search(text))))


def chosen(repository: Repository, half: str, only: str, most: int) -> list[str]:
    """The charts of a repository that are looked at."""
    folders = [folder for folder in repository.folders if in_half(folder.rsplit("/", 1)[-1], half)]
    folders = [folder for folder in folders if re.search(only, folder)]
    if most and len(folders) > most:
        folders = sorted(random.Random(SEED).sample(folders, most))
    return folders


def in_half(name: str, half: str) -> bool:
    """Whether a chart belongs to a half."""
    is_dev = hashlib.sha256(name.encode()).hexdigest()[-1] in "01234567"
    return half == "all" or is_dev is (half == "dev")


def sample(repository: Repository, steps: Iterable[Step], documented: int, quiet: int) -> list[Step]:
    """Some steps of each sort, in their order. Majors without a note are neither."""
    all_steps = list(steps)
    places = {step: place for place, step in enumerate(all_steps)}
    random.Random(f"{SEED} {all_steps[0].folder}" if all_steps else SEED).shuffle(all_steps)
    # Breaks are rare among the small steps: all major ones are looked at, and some of the others.
    small = [step for step in all_steps if step.declared != "major"][:LOOKED_AT]
    kept: list[Step] = []
    for step in [step for step in all_steps if step.declared == "major" or step in small]:
        read = step._replace(note=note(repository, step))
        of_sort = [one for one in kept if bool(one.note) is bool(read.note)]
        if (read.note or read.is_quiet) and len(of_sort) < (documented if read.note else quiet):
            kept.append(read)
    return sorted(kept, key=lambda step: places[step._replace(note="")])


def judge(shelf: Shelf, repository: Repository, step: Step, engine: Engine) -> Judgement | None:
    """What chartgen asks of a step; None when one of the charts cannot be read."""
    try:
        old, new = (shelf.chart(repository, step.folder, one) for one in (step.old, step.new))
        found = diff(old, new, engine=engine)
    except ChartgenError as error:
        print(f"{step.folder} {step.new.version}: {error}", file=sys.stderr)
        return None
    if found.crashed:
        print(f"{step.folder} {step.new.version}: {found.unjudged}", file=sys.stderr)
    majors = [one for one in found.judged if one.level is Level.MAJOR]
    definite = any(one.certainty is Certainty.DEFINITE for one in majors)
    return Judgement(step, found.required, definite, tuple(reasons(found)), not found.unjudged, all_of(found))


def reasons(found: DiffReport) -> Iterator[str]:
    """The judgements that ask for most."""
    for one in found.judged:
        if one.level is found.required:
            sure = "!" if one.certainty is Certainty.DEFINITE else "?"
            yield f"{one.judgement}{sure} {one.message[:160]}"


def all_of(found: DiffReport) -> tuple[str, ...]:
    """Every judgement that spoke, with its level: ``major? values-key-unread``."""
    told = {(one.level.value, one.certainty is Certainty.DEFINITE, one.judgement) for one in found.judged}
    return tuple(f"{level}{'' if sure else '?'} {judgement}" for level, sure, judgement in sorted(told))


def tell(judged: Judgement, *, show: bool, json_file: Path | None) -> None:
    """Print a step on which chartgen and the maintainers differ, and write every one down, as they are judged."""
    text = difference(judged)
    if show and text:
        print(text, flush=True)
    if json_file is not None:
        with json_file.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(as_data(judged))}\n")


def difference(judged: Judgement) -> str:
    """A step on which chartgen and the maintainers differ, for reading; ``""`` for others."""
    step, is_major = judged.step, judged.level is Level.MAJOR
    if is_major is bool(step.note):
        return ""
    sort = "MISSED" if step.note else "FALSE MAJOR"
    head = f"{sort} {step.folder} {step.old.version} -> {step.new.version} ({step.declared}) {step.new.commit[:9]}"
    lines = [head, *([f"    note: {step.note}"] if step.note else []), *(f"    {one}" for one in judged.reasons[:12])]
    return "\n".join([*lines, *([] if judged.rendered else ["    (not all of it rendered)"])])


def as_data(judged: Judgement) -> dict[str, object]:
    """A judgement as JSON has it."""
    step = judged.step
    return {
        "chart": step.folder, "old": step.old.version, "new": step.new.version, "commit": step.new.commit,
        "declared": step.declared, "note": step.note, "required": judged.level.value, "definite": judged.definite,
        "rendered": judged.rendered, "reasons": judged.reasons, "judgements": judged.judgements,
    }  # fmt: skip


def report(found: list[Judgement], seconds: float) -> None:
    """The figures."""
    documented = [one for one in found if one.step.note]
    quiet = [one for one in found if not one.step.note]
    for name, some in (("documented breaks", documented), ("quiet releases", quiet)):
        majors = [one for one in some if one.level is Level.MAJOR]
        rendered = [one for one in some if one.rendered]
        of_rendered = sum(one.level is Level.MAJOR for one in rendered)
        print(
            f"{name}: {len(some)}; a major version is asked for in {len(majors)} ({percent(len(majors), len(some))}), "
            f"with a proof in {sum(one.definite for one in majors)}; of the {len(rendered)} that rendered in "
            f"{of_rendered} ({percent(of_rendered, len(rendered))})"
        )
    print(f"{len(found)} pairs of charts in {seconds:.0f} s")


def percent(part: int, whole: int) -> str:
    """A share, for reading."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
