"""Rendered text becomes objects with positions; what is no object is told, and hides none of the others."""

from __future__ import annotations

from chartgen.engine.objects import BadDocument, Parsed, RenderedObject, is_manifest, parse, split
from chartgen.location import Location, Pointer


def one(text: str) -> RenderedObject:
    (found,) = parse({"templates/x.yaml": text}).objects
    return found


def refs(parsed: Parsed) -> list[str]:
    return [found.ref for found in parsed.objects]


def test_an_object_and_its_positions() -> None:
    found = one(
        "# Source\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n"
        "  labels: {app: web}\n  annotations:\n    helm.sh/hook: pre-install, test\nspec:\n  replicas: 2\n"
    )
    assert (found.ref, found.api_version, found.namespace, found.source, found.scenario) == (
        "Deployment/web",
        "apps/v1",
        "shop",
        "templates/x.yaml",
        "default",
    )
    assert found.labels == {"app": "web"}
    assert found.hooks == {"pre-install", "test"}
    assert found.rendered_line(Pointer(("spec", "replicas"))) == Location(
        "templates/x.yaml", 11, 13, 11, 14, Pointer(("spec", "replicas"))
    )
    assert found.rendered_line(Pointer(("spec", "replicas")), key=True).column == 3


def test_documents_keep_the_lines_of_the_file() -> None:
    text = "\n---\napiVersion: v1\nkind: A\nmetadata: {name: a}\n---   \n\n# c\napiVersion: v1\nkind: B\n"
    text += "metadata: {name: b}\n"
    first, second = parse({"templates/x.yaml": text}).objects
    assert (first.ref, first.rendered_line(Pointer(("kind",))).line) == ("A/a", 4)
    assert (second.ref, second.rendered_line(Pointer(("kind",))).line) == ("B/b", 10)


def test_text_behind_the_dashes_belongs_to_the_document() -> None:
    parsed = parse({"templates/x.yaml": "---apiVersion: v1\nkind: A\n---  # comment\nkind: B\napiVersion: v1\n"})
    assert refs(parsed) == ["A/", "B/"]


def test_files_are_read_in_order_and_partials_and_notes_are_not() -> None:
    files = {
        path: "apiVersion: v1\nkind: K\nmetadata: {name: " + path[-6] + "}\n"
        for path in ("templates/b.yaml", "templates/a.yaml")
    }
    files |= {"templates/_helpers.tpl": "x", "templates/NOTES.txt": "x: y: z", "charts/sub/templates/NOTES.txt": "- x"}
    assert refs(parse(files, scenario="ci/small")) == ["K/a", "K/b"]
    assert parse(files, scenario="ci/small").objects[0].scenario == "ci/small"
    assert [is_manifest(path) for path in ("templates/_x.yaml", "templates/NOTES.txt", "templates/notes.txt")] == [
        False,
        False,
        True,
    ]


def test_one_broken_document_does_not_hide_the_others() -> None:
    text = "apiVersion: v1\nkind: A\n---\na: b: c\n---\n- a list\n---\njust text\n---\nkind: B\n"
    text += "---\napiVersion: v1\n---\napiVersion: v1\nkind: C\n"
    parsed = parse({"templates/x.yaml": text})
    assert refs(parsed) == ["A/", "C/"]
    assert parsed.bad == (
        BadDocument("templates/x.yaml", "mapping values are not allowed in this context", "yaml", 4, 5),
        BadDocument("templates/x.yaml", "renders a list where an object is expected", "not-a-mapping", 6, 1),
        BadDocument(
            "templates/x.yaml", "renders the text 'just text' where an object is expected", "not-a-mapping", 8, 1
        ),
        BadDocument("templates/x.yaml", "renders an object without apiVersion", "no-api-version", 10, 1),
        BadDocument("templates/x.yaml", "renders an object without kind", "no-kind", 12, 1),
    )


def test_a_list_is_opened() -> None:
    text = (
        "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: A\n    metadata: {name: a}\n"
        "  - apiVersion: v1\n    kind: B\n    metadata:\n      name: b\n"
    )
    first, second = parse({"templates/x.yaml": text}).objects
    assert (first.ref, second.ref) == ("A/a", "B/b")
    assert second.rendered_line(Pointer(("metadata", "name"))) == Location(
        "templates/x.yaml", 10, 13, 10, 14, Pointer(("metadata", "name"))
    )


def test_keys_given_twice_are_told_with_both_lines() -> None:
    parsed = parse({"templates/x.yaml": "apiVersion: v1\nkind: A\nspec:\n  a: 1\n  b: 2\n  a: 3\n"})
    ((found, duplicate),) = parsed.duplicates
    assert (found.ref, str(duplicate.pointer), duplicate.line, duplicate.first_line) == ("A/", "/spec/a", 6, 4)
    assert found.body["spec"] == {"a": 3, "b": 2}


def test_odd_metadata_does_no_harm() -> None:
    for metadata in ("null", "[]", "text", "{name: null, labels: [], annotations: text}"):
        found = one(f"apiVersion: v1\nkind: A\nmetadata: {metadata}\n")
        assert (found.ref, found.labels, found.annotations, found.hooks) == ("A/", {}, {}, frozenset())
    assert one("apiVersion: v1\nkind: A\nmetadata: {generateName: web-}\n").ref == "A/web-"


def test_words_are_read_as_helm_reads_them() -> None:
    found = one("apiVersion: v1\nkind: A\ndata: {a: yes, b: 0755, c: 12:30:45, d: 1e3, on: x, 1: no}\n")
    assert found.body["data"] == {"a": True, "b": 0o755, "c": "12:30:45", "d": 1000.0, "true": "x", "1": False}


def test_splitting_leaves_out_blank_documents() -> None:
    assert list(split("\n---\n\n---\na: 1\n---\n")) == [(4, "\na: 1\n")]


def test_of_a_large_definition_the_head_may_be_enough() -> None:
    crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: {}\nspec:\n  a: {}\n"
    last = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\nspec: {}\n"
    text = f"---\n{crd.format('a', 'x' * 20_000)}---\n{crd.format('b', 1)}---\n{last}"
    known: dict[str, tuple[str, Parsed]] = {}
    heads = parse({"templates/x.yaml": text}, known=known, heads=True).objects
    whole = parse({"templates/x.yaml": text}, known=known).objects
    assert [found.ref for found in heads] == [found.ref for found in whole]
    assert ["spec" in found.body for found in heads] == [False, False, True]
    assert all("spec" in found.body for found in whole)


def test_what_may_be_no_definition_is_read_whole() -> None:
    other = f"apiVersion: v1\nkind: A\nmetadata:\n  name: CustomResourceDefinition\nspec:\n  a: {'x' * 20_000}\n"
    below = f"apiVersion: v1\nspec:\n  a: {'x' * 20_000}\nkind: CustomResourceDefinition\nmetadata:\n  name: a\n"
    for text in (other, below):
        (found,) = parse({"templates/x.yaml": text}, heads=True).objects
        assert "spec" in found.body
