"""Options of rules as a policy file gives them."""

from typing import Any

import pytest

from chartgen.errors import CannotDo
from chartgen.policy.options import read_options
from chartgen.rules import catalogue


def test_a_word_of_a_closed_set_is_taken() -> None:
    options = read_options(catalogue.rule("missing-cpu-request"), {"containers": "all", "skip-partial": True})
    assert (options.containers, options.explicit, options.skip_partial) == ("all", False, True)


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        (
            {"containers": "al"},
            "missing-cpu-request: containers must be one of long-running, main, all (got 'al')",
            "did you mean 'all'?",
        ),
        ({"containers": "x"}, "missing-cpu-request: containers must be one of long-running, main, all (got 'x')", ""),
        ({"explicit": "yes"}, "missing-cpu-request: explicit must be true or false (got 'yes')", ""),
        ({"explicitly": True}, "missing-cpu-request has no option 'explicitly'", "did you mean 'explicit'?"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(given: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(CannotDo) as caught:
        read_options(catalogue.rule("missing-cpu-request"), given)
    assert (caught.value.message, caught.value.hint or "") == (message, hint)
