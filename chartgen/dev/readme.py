"""The parts of a Markdown file that are made by running chartgen.

A part stands between ``<!-- generated: WHAT -->`` and ``<!-- end -->``. WHAT is ``$ COMMAND`` for a command with its
output (several are joined by `` && ``), ``file PATH`` for a file, ``spec-keys``, ``rules`` or ``peers`` for a
table.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from chartgen.errors import CannotDo

_PART = re.compile(r"(<!-- generated: (?P<what>[^\n]*?) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL)


def filled(text: str, root: Path) -> tuple[str, list[str]]:
    """The text with every part made anew, and the names of those that changed."""
    changed: list[str] = []

    def replace(match: re.Match[str]) -> str:
        body = _make(match["what"], root)
        if body != match["body"]:
            changed.append(match["what"])
        return f"{match[1]}{body}{match[4]}"

    return _PART.sub(replace, text), changed


def _make(what: str, root: Path) -> str:
    if what.startswith("$ "):
        shown = "".join(_command(line, root) for line in what[2:].split(" && "))
        fence = "````" if "\n```" in shown else "```"  # a rule page has fences of its own
        return f"{fence}console\n{shown}{fence}\n"
    if what.startswith("file "):
        path = what.removeprefix("file ")
        return f"```{Path(path).suffix[1:]}\n{(root / path).read_text(encoding='utf-8')}```\n"
    if what == "spec-keys":
        from chartgen.dev import specpage

        return specpage.spec_keys(specpage.schema_of(root))
    if what == "peers":
        return peers((root / "docs/peers.md").read_text(encoding="utf-8"))
    if what == "rules":
        return rule_table()
    raise CannotDo(f"no part is called {what!r}", hint="see chartgen/dev/readme.py")


def _command(line: str, root: Path) -> str:
    """A command and what a person sees of it: both streams as they come."""
    words = shlex.split(line)
    assert words[0] == "chartgen", f"only chartgen's own output is shown, not {words[0]}'s"
    environment = {**os.environ, "PYTHONPATH": str(root), "NO_COLOR": "1", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "chartgen", *words[1:]],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode == 2:
        raise CannotDo(f"{line!r} failed: {done.stdout.strip()}")
    return f"$ {line}\n{done.stdout}"


def peers(page: str) -> str:
    """The figures of other judges, from the page that benchmarks/judges.sh writes."""
    return page[page.index("| judge | figures |") : page.index("\n## ")]


def rule_table() -> str:
    """The groups of rules as a table: how many there are in each profile."""
    from chartgen.rules.base import Profile
    from chartgen.rules.catalogue import all_rules

    profiles = (Profile.BASELINE, Profile.RECOMMENDED, Profile.STRICT, Profile.OPTIONAL)
    rules = all_rules()
    rows = [f"| group | {' | '.join(one.value for one in profiles)} |", "|---|---|---|---|---|"]
    for group in dict.fromkeys(rule.group for rule in rules):
        members = [rule for rule in rules if rule.group == group]
        counts = [str(sum(rule.profile is profile for rule in members) or "") for profile in profiles]
        rows.append(f"| [{group}](docs/rules/README.md#{group}) | {' | '.join(counts)} |")
    total = [str(sum(rule.profile is profile for rule in rules)) for profile in profiles]
    rows.append(f"| [all {len(rules)}](docs/rules/README.md) | {' | '.join(total)} |")
    return "\n".join(rows) + "\n"
