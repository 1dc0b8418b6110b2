"""The manifest stream equals what helm template prints, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chartgen.engine.api import Failure, Job, Options, Rendered
from chartgen.engine.embedded import Embedded
from chartgen.engine.stream import manifest, split

from .engine_support import CHARTS, chart, fixture, helm, needs_helm, needs_library, rendered, write

SCENARIOS: dict[str, tuple[str, list[str], dict[str, Any], tuple[str, ...]]] = {
    "created": ("created", [], {}, ()),
    "created-ingress": (
        "created",
        ["--set", "ingress.enabled=true,autoscaling.enabled=true"],
        {},
        ("ingress.enabled=true,autoscaling.enabled=true",),
    ),
    "umbrella": ("umbrella", [], {}, ()),
    "umbrella-other": (
        "umbrella",
        ["--values", str(CHARTS / "umbrella/ci/small-values.yaml")],
        {"replicas": 1, "twin": {"enabled": False}, "extra": {"enabled": True}},
        (),
    ),
}


@needs_helm
@needs_library
@pytest.mark.parametrize("include_crds", [False, True], ids=["plain", "with-crds"])
@pytest.mark.parametrize(("name", "arguments", "values", "set_values"), SCENARIOS.values(), ids=SCENARIOS)
def test_helm_template_prints_the_same(
    name: str, arguments: list[str], values: dict[str, Any], set_values: tuple[str, ...], include_crds: bool
) -> None:
    options = Options(release="web", namespace="shop", kube_version="1.35.1", api_versions=("example.com/v1",))
    given = fixture(name)
    with Embedded(jobs=1) as engine:
        (answer,) = engine.render([Job(given, values, set_values, options)])
    theirs = helm(
        "template", "web", CHARTS / name, "--namespace", "shop", "--kube-version", "v1.35.1", "-a", "example.com/v1",
        *(["--include-crds"] if include_crds else []), *arguments,
    )  # fmt: skip
    assert theirs.returncode == 0, theirs.stderr
    assert manifest(rendered(answer), given.name, include_crds=include_crds) == theirs.stdout


@needs_helm
@needs_library
@pytest.mark.parametrize(
    "template",
    [
        "a: 1",
        "\n\n a: 1\n\n\n",
        "---\na: 1\n---\n",
        "---   \na: 1\n---b: 2\n",
        "# only a comment\n",
        "a: 1\n--- # comment\nb: 2\n----\nc: 3",
        "a: 1\r\n---\r\nb: 2\r\n",
        "- a\n- b\n",
        "kind: 7\nmetadata: {name: yes, annotations: {a: 1, b: true, c: null}}\n",
        "kind: A\nmetadata: {annotations: {a: [1]}}\n",
        "kind: A\nmetadata: text\n",
        "kind: {a: 1}\n",
        "kind: Deployment\nmetadata: {annotations: {helm.sh/hook: test}}\n",
        "kind: Deployment\nmetadata: {annotations: {helm.sh/hook: ''}}\n",
        "kind: Deployment\nmetadata: {annotations: {helm.sh/hook: 'pre-install, bogus'}}\n",
        "kind: Zebra\n---\nkind: Apple\n---\nkind: Zebra\nsecond: true\n---\nkind: Service\n",
        "a: |\n  ---\n  text\n",
        "",
        "   \n",
    ],
    ids=range(19),
)
def test_documents_are_cut_as_helm_cuts_them(template: str, tmp_path: Path) -> None:
    given = chart(template, "kind: Service\nmetadata: {name: y}\n")
    with Embedded(jobs=1) as engine:
        (answer,) = engine.render([Job(given)])
    theirs = helm("template", write(given, tmp_path / "c"), "--kube-version", "v1.36.0")
    ours = manifest(rendered(answer), "c")
    if theirs.returncode:
        assert isinstance(ours, Failure)
        assert theirs.stderr.startswith(f"Error: YAML parse error on c/{ours.path}")
    else:
        assert ours == theirs.stdout


def test_order_hooks_and_definitions() -> None:
    given = Rendered(
        {
            "templates/NOTES.txt": "thanks",
            "templates/_helpers.tpl": "",
            "templates/a.yaml": "kind: Service\n---\nkind: Job\nmetadata: {annotations: {helm.sh/hook: test}}\n",
            "templates/b.yaml": "kind: Namespace\n",
        },
        {"crds/x.yaml": "kind: CustomResourceDefinition\n"},
    )
    assert manifest(given, "web", include_crds=True) == (
        "---\n# Source: web/crds/x.yaml\nkind: CustomResourceDefinition\n\n"
        "---\n# Source: web/templates/b.yaml\nkind: Namespace\n\n"
        "---\n# Source: web/templates/a.yaml\nkind: Service\n"
        "---\n# Source: web/templates/a.yaml\nkind: Job\nmetadata: {annotations: {helm.sh/hook: test}}\n\n"
    )


def test_text_that_is_no_yaml_ends_as_in_helm() -> None:
    answer = manifest(Rendered({"templates/a.yaml": "a: b: c\n"}), "web")
    assert answer == Failure(
        "render", "YAML parse error: mapping values are not allowed in this context", "templates/a.yaml"
    )


def test_split_leaves_out_blank_documents() -> None:
    assert list(split("\n---\n---  \n a: 1\n---b: 2\n")) == ["a: 1\n", "b: 2\n"]
