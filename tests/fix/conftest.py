from collections.abc import Iterator

import pytest

from chartgen.engine.embedded import Embedded
from tests.unit.lint_support import an_engine


@pytest.fixture(scope="session")
def engine() -> Iterator[Embedded]:
    with an_engine() as engine:
        yield engine
