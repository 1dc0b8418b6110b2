"""The library's configuration of environments: which of its extensions there are, a YAML text."""

from __future__ import annotations

from collections.abc import Iterable

_EXTENSIONS = """\
name: kubernetes
extensions:
- name: sets
- name: lists
- name: two-var-comprehensions
- name: strings
  version: 2
- name: optional
"""
"""The libraries of cel-go that the API server switches on (``environment/base.go``); ``cel.bind`` and math are not."""

RE2 = "name: re2\nextensions:\n- name: optional\n- name: regex\n"
"""An environment whose only purpose is RE2, the regular expressions Go has too."""


def kubernetes(replaced: Iterable[str]) -> str:
    """The configuration of Kubernetes' environment without the library's own functions called ``replaced``."""
    excluded = "".join(f'  - name: "{name}"\n' for name in replaced)
    return f"{_EXTENSIONS}stdlib:\n  exclude_functions:\n{excluded}"
