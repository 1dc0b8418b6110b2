"""What Kubernetes' CEL becomes in the words of the library."""

from __future__ import annotations

import pytest

from chartgen.kube.cel.focus import focuses
from chartgen.kube.cel.rewrite import Rewritten, rewrite

PAIRS = {
    "object.spec.replicas <= 5": "object.spec.replicas <= 5",
    "f.validate(x)": "f.validate(x).?errors",
    "format.named('a')": "format.named('a').?format",
    "x.named('a')": "x.named('a')",
    "x.indexOf(y)": "x.indexOf_(y)",
    "m.transformMap(k, v, v + 1)": "m.transformList(k, v, {k: v + 1}).merged_()",
    "m.transformMap(k, v, v > f(1, 2), [v, k])": "m.transformList(k, v, v > f(1, 2), {k: [v, k]}).merged_()",
    "m.transformMap(a, b, b.transformMap(c, d, d))": (
        "m.transformList(a, b, {a: b.transformList(c, d, {c: d}).merged_()}).merged_()"
    ),
    "m.transformMapEntry(k, v, {v: k})": "m.transformList(k, v, {v: k}).merged_()",
    "m.exists_one(k, v, true)": "m.existsOne(k, v, true)",
    "m.existsOne(k, true)": "m.exists_one(k, true)",
    "has(variables.x) && variables.x": "true && variables.x",
    "has(variables.x.y)": "has(variables.x.y)",
    "x.y[0].orValue(1)": "x.y[0]",
    "x.?y.orValue(1)": "x.?y.orValue(1)",
    "x[?0].orValue(1)": "x[?0].orValue(1)",
    "f(x).orValue(1)": "f(x).orValue(1)",
    "x.y.orValue(a.validate(b)) + c.validate(d)": "x.y + c.validate(d).?errors",
    "'has(variables.x) x.indexOf(y)' // .validate(x)": "'has(variables.x) x.indexOf(y)' \n",
    r"""r'\' + '''it's''' + b"\"" """: r"""r'\' + '''it's''' + b"\"" """,
    "x.validate(": "x.validate(",
}


@pytest.mark.parametrize("expression", PAIRS)
def test_tokens_are_exchanged_and_nothing_else(expression: str) -> None:
    assert rewrite(expression).text == PAIRS[expression]


def test_names_and_variables_are_told() -> None:
    found = rewrite("variables.a && x.variables.b && has(variables.c) || authorizer.path('x').check('get').allowed()")
    assert found.variables == ("a",)
    assert {"variables", "x", "authorizer", "has"} == found.names


def test_optional_variables_are_put_in_with_those_they_use() -> None:
    inlined = {"a": Rewritten("object.?b[variables.c]", ("c",), frozenset({"object", "variables"}))}
    found = rewrite("variables.a.orValue(1) + variables.a.b", inlined)
    assert found.text == "(object.?b[variables.c]).orValue(1) + (object.?b[variables.c]).b"
    assert found.variables == ("a", "c")


FOCUSED = {
    "!has(object.a) || object.a.b.all(c, c.d == 1)": ["!has(object.a) || items_.all(c, c.d == 1)"],
    "variables.x.all(c, c.d.all(e, e))": ["items_.all(c, c.d.all(e, e))"],
    "object.a['b'][0].all(c, c)": ["items_.all(c, c)"],
    "object.a.all(c, c) && object.b.all(c, c)": [
        "items_.all(c, c) && object.b.all(c, c)",
        "object.a.all(c, c) && items_.all(c, c)",
    ],
    "object.a.filter(x, x).all(c, c)": [],
    "object.?a.all(c, c)": [],
    "object.a.all(k, v, v)": [],
    "object.a.all(": [],
    "all(c, c)": [],
}


@pytest.mark.parametrize("expression", FOCUSED)
def test_an_expression_is_focused_on_each_of_its_lists(expression: str) -> None:
    assert [found.expression for found in focuses(expression)] == FOCUSED[expression]


def test_a_focus_knows_its_parts() -> None:
    (found,) = focuses("object.a . b.all( c , c.d == 1 )")
    assert (found.items, found.variable, found.body) == ("object.a . b", "c", "c.d == 1")
