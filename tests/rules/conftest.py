from collections.abc import Iterator

import pytest

from chartgen.engine.embedded import Embedded


@pytest.fixture(scope="session")
def engine() -> Iterator[Embedded]:
    # The page of render-limit-exceeded shows a chart that never ends.
    with Embedded(jobs=1, time_limit=3) as engine:
        yield engine
