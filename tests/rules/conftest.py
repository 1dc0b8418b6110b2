from collections.abc import Iterator

import pytest

from chartgen.engine.embedded import Embedded


@pytest.fixture(scope="session")
def engine() -> Iterator[Embedded]:
    with Embedded(jobs=1) as engine:
        yield engine
