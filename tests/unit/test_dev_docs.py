"""A page for each rule, the same as ``chartgen explain`` shows, and an index that leads to all of them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from chartgen.dev.docs import INDEX, pages
from chartgen.rules.catalogue import all_rules, ids
from tests.cli.runner import run

PAGES = pages(all_rules())


def test_every_rule_has_a_page_that_explain_shows_too() -> None:
    assert len(PAGES) == len(ids()) + 1
    for rule_id in list(ids())[::25]:
        (path,) = [path for path in PAGES if PurePosixPath(path).stem == rule_id]
        assert PAGES[path] == run(["explain", rule_id]).stdout


def test_the_index_leads_to_every_page() -> None:
    folder = PurePosixPath(INDEX).parent
    linked = {str(folder / target) for target in re.findall(r"\]\(([^)]+)\)", PAGES[INDEX])}
    assert linked == set(PAGES) - {INDEX}


def test_every_fence_is_closed() -> None:
    for path, text in PAGES.items():
        assert len(re.findall(r"^\s*```", text, re.MULTILINE)) % 2 == 0, path
        assert "# here" not in text, path
