"""The report of Helm's lint -> messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chartgen.engine.api import LintMessage

_SEVERITIES = {1: "info", 2: "warning", 3: "error"}
_LINE = r"(?s)\[(INFO|WARNING|ERROR)\] ([^:]*): (.*)"


def from_library(report: Mapping[str, Any], folder: Path) -> tuple[LintMessage, ...]:
    """The messages in a report of the library about the chart in ``folder``, which is not named in them."""
    return tuple(
        _message(_SEVERITIES.get(message["severity"], "info"), message["path"], message["error"], folder)
        for message in report.get("messages") or ()
    )


def from_command(output: str, folder: Path) -> tuple[LintMessage, ...]:
    """The messages in what ``helm lint`` prints, which are the paragraphs that begin with a severity."""
    messages: list[str] = []
    for line in output.splitlines():
        if line.startswith(("[INFO] ", "[WARNING] ", "[ERROR] ")):
            messages.append(line)
        elif line.startswith("==> ") or re.match(r"\d+ chart\(s\) linted", line):
            continue
        elif messages:
            messages[-1] += f"\n{line}"
    matches = [match for text in messages if (match := re.match(_LINE, text.rstrip()))]
    return tuple(_message(match[1].lower(), match[2], match[3], folder) for match in matches)


def _message(severity: str, path: str, text: str, folder: Path) -> LintMessage:
    return LintMessage(severity, _relative(path, folder), _relative(text, folder).strip())


def _relative(text: str, folder: Path) -> str:
    return text.replace(f"{folder}/", "").replace(str(folder), ".")
