from collections.abc import Iterator

import pytest

from chartgen.engine.api import Engine
from chartgen.engine.choose import open_engine
from chartgen.judgements import catalogue
from tests.diff.harness import Verdict, Verdicts, judge


@pytest.fixture(scope="package")
def engine() -> Iterator[Engine]:
    with open_engine(jobs=1) as engine:
        yield engine


@pytest.fixture(scope="package")
def verdicts(engine: Engine) -> Verdicts:
    known: dict[str, list[Verdict]] = {}

    def of(judgement_id: str) -> list[Verdict]:
        if judgement_id not in known:
            known[judgement_id] = judge(catalogue.judgement(judgement_id), engine)
        return known[judgement_id]

    return of
