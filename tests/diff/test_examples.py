"""The examples on the judgements' pages do what the pages say."""

import pytest

from chartgen.judgements import catalogue
from tests.diff.harness import Verdicts, places


@pytest.mark.parametrize("judgement_id", catalogue.ids())
def test_after_is_judged_where_it_says_and_not_this_is_not(judgement_id: str, verdicts: Verdicts) -> None:
    for verdict in verdicts(judgement_id):
        title = f"judgement {judgement_id}, example {verdict.pair.title!r}:"
        if not verdict.pair.is_judged:
            assert not verdict.own, f"{title} judged{verdict.told}"
            continue
        assert verdict.own, f"{title} not judged{verdict.told}"
        for side, example in (("old", verdict.pair.before), ("new", verdict.pair.after)):
            # A place without a mark is one without a line (a file that is gone), or in JSON, which has no comments.
            found = {place for place in places(verdict.own, side) if not place[0].endswith(".json")}
            found = {place for place in found if place[1] is not None or example.expected}
            assert found <= example.expected or not example.expected, f"{title} {side} side elsewhere{verdict.told}"
            if example.expected:
                assert found, f"{title} the {side} side is marked and not pointed at{verdict.told}"


@pytest.mark.parametrize("judgement_id", catalogue.ids())
def test_every_mark_is_pointed_at(judgement_id: str, verdicts: Verdicts) -> None:
    """A Before may be followed by several After: each mark of it is there for one of them at least."""
    for side in ("old", "new"):
        wanted: dict[str, set[tuple[str, int]]] = {}
        found: dict[str, set[tuple[str, int | None]]] = {}
        for verdict in verdicts(judgement_id):
            if verdict.pair.is_judged:
                example = verdict.pair.before if side == "old" else verdict.pair.after
                wanted.setdefault(example.title, set()).update(example.expected)
                found.setdefault(example.title, set()).update(places(verdict.own, side))
        for title, marks in wanted.items():
            assert marks <= found[title], f"judgement {judgement_id}, {title!r}: not pointed at: {marks - found[title]}"
