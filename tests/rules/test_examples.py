"""The examples on the rules' pages do what the pages say."""

import pytest

from chartgen.rules import catalogue
from tests.rules.harness import Verdicts


@pytest.mark.parametrize("rule_id", catalogue.ids())
def test_bad_is_flagged_where_it_says_and_good_is_not(rule_id: str, verdicts: Verdicts) -> None:
    for verdict in verdicts(rule_id):
        title = f"rule {rule_id}, example {verdict.example.title!r}:"
        if verdict.example.is_bad:
            assert verdict.findings, f"{title} not flagged"
            # A fault without a line of its own (a missing file) is shown without a mark and found without a line.
            # JSON has no comments, and so no marks.
            places = {place for place in verdict.places if not place[0].endswith(".json")}
            found = {place for place in places if verdict.example.expected or place[1] is not None}
            assert found == verdict.example.expected, f"{title} flagged elsewhere{verdict.told}"
        else:
            assert not verdict.findings, f"{title} flagged{verdict.told}"
