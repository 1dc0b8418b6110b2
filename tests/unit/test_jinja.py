"""The door to Jinja: no text of a spec reaches a Go template as code."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, TemplateNotFound, UndefinedError, nodes

from chartgen.generate import jinja
from chartgen.resources import folder

FOLDER = folder("chart-templates")
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.j2"))
HOSTILE = (
    "{{ x }}",
    '{{ "a" }}',
    "{{{{",
    "a}}b",
    '"',
    "\\",
    "\n",
    "\t",
    "yes",
    "0123",
    "é 🚀 \u2028\ufeff",
    "*/ }}",
    "$(A)",
    "",
)


@pytest.mark.parametrize("path", TEMPLATES)
def test_every_output_ends_in_a_filter(path: str) -> None:
    environment = jinja.environment()
    tree = environment.parse((FOLDER / path).read_text())
    outputs = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    bare = [node.lineno for node in outputs if not isinstance(node, nodes.TemplateData | nodes.Filter)]
    assert bare == [], f"{path}: filter what these lines print: name, q, yaml, go or comment"
    used = {node.name for node in tree.find_all(nodes.Filter)}
    assert used <= set(jinja.FILTERS), path


@pytest.mark.parametrize("path", TEMPLATES)
def test_templates_compute_nothing(path: str) -> None:
    tree = jinja.environment().parse((FOLDER / path).read_text())
    computing = (nodes.Call, nodes.BinExpr, nodes.Concat, nodes.Assign, nodes.Macro, nodes.CondExpr)
    found = {type(node).__name__ for node in tree.find_all(computing)} - {"And", "Or"}
    assert found == set(), f"{path}: let view.py do it"


@pytest.mark.parametrize("path", TEMPLATES)
def test_no_output_is_a_constant(path: str) -> None:
    """Compiling would put what a filter makes of it into what is kept, and a filter may change."""
    tree = jinja.environment().parse((FOLDER / path).read_text())
    outputs = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    for node in outputs:
        if not isinstance(node, nodes.TemplateData):
            with pytest.raises(nodes.Impossible):
                node.as_const()


def kept_environment(cache: Path, templates: Path) -> Environment:
    """An environment of its own, that keeps what it compiles."""
    made = jinja.environment().overlay(loader=FileSystemLoader(templates))
    made.bytecode_cache = jinja._kept(cache)
    made.cache = {}
    return made


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A folder to keep compiled templates in, and one with a template."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    cache, templates = tmp_path / "cache", tmp_path / "templates"
    cache.mkdir()
    templates.mkdir()
    (templates / "one.j2").write_text("a: <@ x | q @>\n")
    return cache, templates


def test_what_a_template_compiles_to_is_kept(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept_environment(*folders).get_template("one.j2").render(x="1") == 'a: "1"\n'
    assert len(list(folders[0].iterdir())) == 1
    again = kept_environment(*folders)
    monkeypatch.setattr(type(again), "compile", lambda *_: pytest.fail("it was compiled again"))
    assert again.get_template("one.j2").render(x="2") == 'a: "2"\n'


def test_a_template_that_changed_is_compiled_again(folders: tuple[Path, Path]) -> None:
    kept_environment(*folders).get_template("one.j2")
    (folders[1] / "one.j2").write_text("b: <@ x | q @>\n")
    assert kept_environment(*folders).get_template("one.j2").render(x="1") == 'b: "1"\n'


@pytest.mark.parametrize("part", [0, 2, 12, 30, 45, 60])
def test_a_kept_file_that_is_not_whole_costs_nothing_but_time(folders: tuple[Path, Path], part: int) -> None:
    kept_environment(*folders).get_template("one.j2")
    (kept,) = folders[0].iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:part])
    assert kept_environment(*folders).get_template("one.j2").render(x="1") == 'a: "1"\n'
    assert kept.read_bytes() == whole


def test_nothing_is_kept_where_that_is_not_allowed(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    environment = kept_environment(*folders)
    folders[0].rmdir()
    assert environment.get_template("one.j2").render(x="1") == 'a: "1"\n'
    assert jinja._kept(folders[0]) is None
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert jinja._kept(folders[1]) is None


def test_the_environment_has_only_our_filters() -> None:
    assert set(jinja.environment().filters) == set(jinja.FILTERS)


@pytest.mark.parametrize("text", HOSTILE)
def test_quoted_text_holds_no_action_and_stays_the_text(text: str) -> None:
    import yaml

    quoted = jinja.quoted(text)
    assert "{{" not in quoted
    assert "\n" not in quoted
    assert yaml.safe_load(quoted) == text


def test_block_hides_actions_at_every_depth() -> None:
    import yaml

    data = {"{{ key }}": ["{{ item }}", {"a": "line\n{{ two }}\n"}], "plain": 1}
    text = jinja.block(data, 4)
    assert "{{" not in text
    assert yaml.safe_load(" " * 4 + text) == data


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("plain", '"plain"'),
        ('a "b" \\ c', '"a \\"b\\" \\\\ c"'),
        ("a\nb\tc\r", '"a\\nb\\tc\\r"'),
        ("{{ x }}", '"{{ x }}"'),
        ("\x00\u2028🚀", '"\\U00000000\\U00002028🚀"'),
    ],
)
def test_go_literals(text: str, literal: str) -> None:
    assert jinja.go_literal(text) == literal


@pytest.mark.parametrize(
    "text", ["web", ".Values.web", "shop.web-api", "0.1.0-rc.1+7", "_1st", "/healthz/a", "h", "8080"]
)
def test_names_pass_as_they_are(text: str) -> None:
    assert jinja.name(text) == text


@pytest.mark.parametrize("text", ["", "a b", "{{", "a\n", "-a", "a-", 'a"', "a:b", "é", "..", "$x", "a#b"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no identifier"):
        jinja.name(text)


def test_comments_cannot_end_early() -> None:
    text = jinja.comment("a */ }}\n{{ b")
    assert text == "a * / } } { { b"


def render(source: str, **values: object) -> str:
    return jinja.environment().from_string(source).render(values)


def test_undefined_names_are_errors() -> None:
    with pytest.raises(UndefinedError, match="'missing' is undefined"):
        render("<@ missing | q @>")


def test_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="printed None"):
        render("<@ x @>", x=None)


def test_go_templates_pass_untouched() -> None:
    source = '{{- if eq .a "<b>" }}\n  {# not ours #}[[ ]] << >> {% %}\n{{- end }}\n'
    assert render(source) == source


def test_statements_leave_no_blank_line() -> None:
    assert render("a:\n  <% if x %>\n  b: 1\n  <% endif %>\n", x=True) == "a:\n  b: 1\n"


def test_an_unknown_template_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        jinja.render("templates/nothing.yaml.j2", {})


def test_every_template_is_planned() -> None:
    """A template nobody renders would be dead text."""
    from chartgen.generate import plan

    planned = {f"chart/{path}.j2" for path in (*plan.CHART, *plan.SOMETIMES, *plan.WORKLOAD, *plan.NEED)}
    assert {path for path in TEMPLATES if path.startswith("chart/")} == planned


@pytest.mark.parametrize("path", TEMPLATES)
def test_partials_are_used(path: str) -> None:
    if path.startswith("_lib/"):
        texts = [(FOLDER / other).read_text() for other in TEMPLATES if other != path]
        assert any(f'"{path}"' in text for text in texts), f"{path} is included nowhere"


@pytest.mark.parametrize("path", TEMPLATES)
def test_go_manners(path: str) -> None:
    text = (Path(FOLDER) / path).read_text()
    assert not re.search(r"[ \t]+$", text, re.MULTILINE), "trailing blanks"
    assert "{{ template " not in text and "{{- template " not in text, "include, never template"  # noqa: PT018
    assert not re.search(r"\| indent ", text), "nindent, never indent"
    assert ".Capabilities" not in text
    assert not re.search(r"^\s*namespace:", text, re.MULTILINE) or path.endswith(
        ("prometheusrule.yaml.j2", "rbacsubject.j2")
    )
    actions = re.findall(r"\{\{-?\s*(?:if|with|range|end|else)\b", text)
    assert all(action.startswith("{{-") for action in actions) or path.endswith("NOTES.txt.j2"), "chomp to the left"


def test_a_block_moves_right_with_what_its_actions_indent_and_nothing_else() -> None:
    block = (
        'spec:\n  {{- with .Values.a }}\n  a:\n    {{- toYaml . | nindent 4 }}\n  {{- end }}\n  b: "x | nindent 4 }}"\n'
    )
    moved = (
        'spec:\n  {{- with .Values.a }}\n  a:\n    {{- toYaml . | nindent 6 }}\n  {{- end }}\n  b: "x | nindent 4 }}"\n'
    )
    assert jinja.shifted(block, 0) == block
    assert jinja.shifted(block, 2) == "".join(f"  {line}\n" for line in moved.splitlines())
    assert jinja.shifted('a: "\u2028"\n', 2) == '  a: "\u2028"\n'
