"""Writes ``chartgen/rules/index.py``: what decides whether a run needs a rule, so that the others are not imported."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.rules import catalogue

PATH = "chartgen/rules/index.py"

_HEAD = '''"""What decides whether a run needs a rule. Written by ``python -m chartgen.dev regen``; never edited."""

'''


def text() -> str:
    """The module as it should be, from the rules themselves."""
    facts = {rule.id: catalogue.facts_of(rule) for rule in catalogue.all_rules()}
    kinds = sorted({one.kinds for one in facts.values()}, key=lambda kinds: (len(kinds), sorted(kinds)))
    lines = [_HEAD, "# ruff: noqa: E501\n# fmt: off\nKINDS: tuple[frozenset[str], ...] = (\n"]
    lines += [f"    frozenset({_strings(one)}),\n" for one in kinds]
    lines += [")\n\n", "# shape, profile, level of the Pod Security Standards, kinds (their place above), hooks too\n"]
    lines += ["FACTS: dict[str, tuple[str, str, str, int, bool]] = {\n"]
    for rule_id, one in facts.items():
        level = one.pod_security.value if one.pod_security else ""
        fields = (one.shape, one.profile.value, level, kinds.index(one.kinds), one.hooks)
        lines.append(f'    "{rule_id}": ({", ".join(_python(field) for field in fields)}),\n')
    lines += ["}\n", *_table("NEEDS", "what a chart must have one of", {key: one.needs for key, one in facts.items()})]
    lines += _table("KEYS", "what an object must have one of", {key: one.keys for key, one in facts.items()})
    lines += _table("TROUBLES", "what must be wrong", {key: one.troubles for key, one in facts.items()})
    return "".join(lines)


def _table(name: str, comment: str, entries: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """A dictionary with the entries that are not empty."""
    yield f"\n# {comment}\n{name}: dict[str, tuple[str, ...]] = {{\n"
    for rule_id, texts in entries.items():
        if texts:
            yield f'    "{rule_id}": ({"".join(f"{_python(text)}, " for text in texts).rstrip()}),\n'
    yield "}\n"


def _python(value: str | int) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _strings(names: frozenset[str]) -> str:
    return "{" + ", ".join(f'"{name}"' for name in sorted(names)) + "}" if names else ""
