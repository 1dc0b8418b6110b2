"""Every judgement keeps the house rules; a failure says in a sentence what was forgotten."""

import re

import pytest

from chartgen.changes import Certainty, Level
from chartgen.judgements import catalogue
from chartgen.judgements.examples import page
from tests.diff.harness import Verdicts

each_judgement = pytest.mark.parametrize("judgement_id", catalogue.ids())


@each_judgement
def test_judgement_says_what_it_is(judgement_id: str) -> None:
    one = catalogue.judgement(judgement_id)
    assert re.fullmatch(r"[a-z][a-z-]{3,50}", judgement_id), f"{judgement_id}: an id is lower-case words and dashes"
    assert isinstance(one.level, Level), f"judgement {judgement_id} has no level"
    assert isinstance(one.certainty, Certainty), f"judgement {judgement_id} has no certainty"
    if one.level is Level.MAJOR:
        assert one.hurts, f"judgement {judgement_id} is major and must say whom it hurts"
        assert one.advice, f"judgement {judgement_id} is major and must say what to tell them"


@each_judgement
def test_page_is_complete(judgement_id: str) -> None:
    shown = page(catalogue.judgement(judgement_id))
    assert shown.summary.endswith("."), f"judgement {judgement_id}: the first line of the docstring is a sentence"
    assert 20 <= len(shown.summary) <= 110, f"judgement {judgement_id}: the first line is too short or too long"
    assert shown.sections[0][0] == "Why", f"judgement {judgement_id}: the page begins with '## Why'"
    assert 60 <= len(shown.section("Why")) <= 1200, f"judgement {judgement_id}: '## Why' takes one to six sentences"
    assert any(pair.is_judged for pair in shown.pairs), f"judgement {judgement_id} has no After example; add one"
    assert any(not pair.is_judged for pair in shown.pairs), f"judgement {judgement_id} has no 'Not this'; add one"


@each_judgement
def test_messages_read_like_the_others(judgement_id: str, verdicts: Verdicts) -> None:
    for verdict in verdicts(judgement_id):
        for one in verdict.own:
            message = one.message.removeprefix(f"{one.subject}: ")
            assert one.subject, f"judgement {judgement_id}: a verdict starts with the object or file: {one.message}"
            assert one.message.startswith(f"{one.subject}: "), f"judgement {judgement_id}: {one.message}"
            assert one.old or one.new, f"judgement {judgement_id}: points nowhere: {one.message}"
            for text in (message, one.hurts, one.advice):
                assert not text.endswith("."), f"judgement {judgement_id}: no full stop: {text}"
                assert "\n" not in text, f"judgement {judgement_id}: one line: {text!r}"
            assert not one.advice[:2].istitle(), f"judgement {judgement_id}: starts small: {one.advice}"
            if one.level is Level.MAJOR:
                assert one.hurts, f"judgement {judgement_id}: says nobody whom it hurts: {one.message}"
                assert one.advice, f"judgement {judgement_id}: gives no advice: {one.message}"
