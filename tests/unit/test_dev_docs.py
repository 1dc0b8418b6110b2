"""A page for each rule, the same as ``chartgen explain`` shows, and an index that leads to all of them."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from chartgen.dev import compatpage, judgementpages
from chartgen.dev.docs import INDEX, pages
from chartgen.judgements.catalogue import all_judgements
from chartgen.policy.compat import NAMED, checks
from chartgen.rules.catalogue import all_rules, ids
from tests.cli.runner import run

PAGES = pages(all_rules())

ROOT = Path(__file__).parents[2]


def test_every_rule_has_a_page_that_explain_shows_too() -> None:
    assert len(PAGES) == len(ids()) + 1
    for rule_id in list(ids())[::25]:
        (path,) = [path for path in PAGES if PurePosixPath(path).stem == rule_id]
        assert PAGES[path] == run(["explain", rule_id]).stdout


def test_the_index_leads_to_every_page() -> None:
    folder = PurePosixPath(INDEX).parent
    linked = {str(folder / target) for target in re.findall(r"\]\(([^)]+)\)", PAGES[INDEX])}
    assert linked == set(PAGES) - {INDEX}


def test_every_judgement_has_a_page_that_explain_shows_too() -> None:
    shown = judgementpages.pages(all_judgements())
    folder = PurePosixPath(judgementpages.INDEX).parent
    linked = {str(folder / target) for target in re.findall(r"\]\(([^)]+)\)", shown[judgementpages.INDEX])}
    assert linked == set(shown) - {judgementpages.INDEX}
    assert shown["docs/judgements/objects/selector-changed.md"] == run(["explain", "selector-changed"]).stdout


def test_every_fence_is_closed() -> None:
    for path, text in {**PAGES, **judgementpages.pages(all_judgements())}.items():
        assert len(re.findall(r"^\s*```", text, re.MULTILINE)) % 2 == 0, path
        assert "# here" not in text, path


def test_every_rule_that_the_docs_name_exists_and_every_rule_is_named() -> None:
    text = (ROOT / "docs/checks.md").read_text(encoding="utf-8")
    named = re.findall(r"\[([\w-]+)\]\(rules/([\w-]+)/([\w-]+)\.md\)", text)
    for name, group, stem in named:
        assert name == stem
        assert f"docs/rules/{group}/{stem}.md" in PAGES, f"docs/checks.md names the rule {name}, which there is not"
    missing = sorted(set(ids()) - {name for name, _, _ in named})
    assert not missing, f"docs/checks.md does not name {', '.join(missing)}; add a line"


def test_what_the_docs_of_checks_link_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", (ROOT / "docs/checks.md").read_text(encoding="utf-8"))
    assert "judgements/objects/selector-changed.md" in targets
    assert [target for target in targets if not (ROOT / "docs" / target).is_file()] == []


def test_checks_that_no_rule_answers_have_a_reason() -> None:
    rows = [line.split(" | ") for line in (ROOT / "docs/checks.md").read_text(encoding="utf-8").splitlines()]
    without = [row for row in rows if len(row) == 4 and row[2] == "-"]
    assert len(without) >= 10
    assert all(len(row[3].strip("| ")) > 10 for row in without)


def test_the_page_of_other_linters_names_every_check_they_share_with_us() -> None:
    page = compatpage.text()
    assert (ROOT / compatpage.PATH).read_text(encoding="utf-8") == page
    for tool in NAMED:
        for check in checks(tool):
            assert f"| `{check}`" in page
    for target in re.findall(r"\]\(([^)]+)\)", page):
        assert f"docs/{target}" in PAGES
