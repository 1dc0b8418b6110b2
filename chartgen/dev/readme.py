"""The parts of a Markdown file that are made by running chartgen.

A part stands between ``<!-- generated: WHAT -->`` and ``<!-- end -->``. WHAT is ``$ COMMAND`` for a command with its
output (several are joined by `` && ``), ``with PATH $ COMMAND`` for commands in a folder with a copy of that file and
nothing else (``sed`` edits it), ``file PATH`` for a file, ``spec-keys``, ``rules`` or ``peers`` for a table.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

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
    if what.startswith("with "):
        file, _, commands = what.removeprefix("with ").partition(" $ ")
        return _apart(file, commands, root)
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


def _apart(file: str, commands: str, root: Path) -> str:
    """What a person sees who gives some commands one after the other, in a folder with one file. They may fail."""
    with TemporaryDirectory() as folder:
        shutil.copy(root / file, folder)
        shown = "".join(_seen(line, Path(folder), root)[0] for line in commands.split(" && "))
    return f"```console\n{shown}```\n"


def _command(line: str, root: Path) -> str:
    """A command and what a person sees of it. Raises CannotDo where it cannot be done."""
    shown, code = _seen(line, root, root)
    if code == 2:
        raise CannotDo(f"{line!r} failed: {shown.partition(chr(10))[2].strip()}")
    return shown


def _seen(line: str, folder: Path, root: Path) -> tuple[str, int]:
    """A command in a folder with both streams as they come, and its exit code."""
    words = shlex.split(line)
    assert words[0] in ("chartgen", "sed"), f"only chartgen's own output is shown, not {words[0]}'s"
    environment = {**os.environ, "PYTHONPATH": str(root), "NO_COLOR": "1", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", *words] if words[0] == "chartgen" else words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return f"$ {line}\n{done.stdout}", done.returncode


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
