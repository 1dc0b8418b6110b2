"""The first spec of an application: four answers become the text of a spec that says what else could be said.

What is asked is judged by the spec's own rules, so that nobody is told here what ``chartgen validate`` would not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chartgen.errors import Problem
from chartgen.spec.validate import problems
from chartgen.yamlwrite import plain

QUESTIONS = {
    "name": "name of the application",
    "image": "image, e.g. ghcr.io/acme/shop:1.4.2",
    "port": "port it listens on, or none",
    "health": "path that answers while it is well, or none",
}
"""The key of each question and what is asked, in order."""

NONE = "none"
"""The answer of an application that has no port, or no health check."""

USUAL = {"port": "8080", "health": "/healthz"}
"""Answers that are offered."""

SCHEMA = "app-spec.v1.schema.json"
"""The file beside the spec in which editors find its keys."""

_SAMPLE = {"name": "app", "image": "example.com/app:1.0.0", "port": "8080", "health": "/healthz"}


def faults(key: str, answers: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is wrong with the answer to one question, given the others; those not yet given are taken to be right.

    Warnings are left out: they are about the whole spec, and whoever validates it sees them.
    """
    spec = "\n".join(_lines({**_SAMPLE, **answers}))
    found = problems(spec.encode(), file="")
    return tuple(p for p in found if not p.warning and p.location.pointer.parts[:1] == (key,))


def guessed_name(folder: str) -> str:
    """The name an application in a folder may have; ``""`` when the folder's name has nothing of one."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.lower()).lstrip("-0123456789")[:40].rstrip("-")
    return name if name and not faults("name", {"name": name}) else ""


def starter(answers: Mapping[str, str], *, file: str) -> str:
    """The text of the spec, for a ``file`` of that name. The answers are those in which ``faults`` finds nothing."""
    shown = file if re.fullmatch(r"[\w./-]+", file, re.ASCII) else "app.yaml"
    serving = answers["port"] != NONE
    first, named, image, *serves = _lines(answers)
    parts = [
        f"# yaml-language-server: $schema={SCHEMA}",
        "# Editors complete and check what follows by the file named above; to renew it after an upgrade:",
        f"#   chartgen schema -o {SCHEMA}",
        "# What is wrong with this spec, and the Helm chart it describes:",
        f"#   chartgen validate {shown}",
        f"#   chartgen generate {shown}",
        first,
        named,
        "# The version of the chart. That of the application is the tag of its image.",
        "version: 0.1.0",
        image,
    ]
    if serving:
        checked = answers["health"] != NONE
        about = ", and the path that answers while it is well" if checked else ""
        parts += ["", f"# The port the application listens on{about}.", *serves]
    parts += ["", "# What else may be said, to begin with: take the '# ' away. 'chartgen schema' describes every key."]
    parts += [f"# {line}" for line in suggestions(answers)]
    return "\n".join(parts) + "\n"


def suggestions(answers: Mapping[str, str]) -> list[str]:
    """Lines that make a valid spec together with the answers."""
    name = answers["name"]
    serving = answers["port"] != NONE
    return [
        "replicas: {min: 2, max: 6, cpu: 70}",
        "resources: {cpu: 100m, memory: 128Mi}",
        *([] if serving else ["args: [worker]"]),
        "env: {LOG_LEVEL: info}",
        f"secrets: {{{name}-secrets: {{env: [API_KEY]}}}}",
        *([f"ingress: {name}.example.com", "metrics: /metrics"] if serving else []),
    ]


def _lines(answers: Mapping[str, str]) -> list[str]:
    """The spec without comments, a line a key; numbers stay numbers."""
    lines = ["apiVersion: chartgen/v1"]
    for key in QUESTIONS:
        if answers[key] == NONE and key in USUAL:
            continue
        text = answers[key].encode("utf-8", "replace").decode()
        number = key == "port" and re.fullmatch("[0-9]{1,9}", text, re.ASCII)
        lines.append(f"{key}: {int(text) if number else plain(text)}")
    return lines
