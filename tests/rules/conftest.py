from collections.abc import Callable, Iterator
from functools import cache

import pytest

from chartgen.engine.embedded import Embedded
from chartgen.rules import catalogue
from tests.rules.harness import Verdict, judge


@pytest.fixture(scope="session")
def engine() -> Iterator[Embedded]:
    # The page of render-limit-exceeded shows a chart that never ends.
    with Embedded(jobs=1, time_limit=3) as engine:
        yield engine


@pytest.fixture(scope="session")
def verdicts(engine: Embedded) -> Callable[[str], list[Verdict]]:
    """What a rule finds in its own examples, by its id."""
    return cache(lambda rule_id: judge(catalogue.rule(rule_id), engine))
