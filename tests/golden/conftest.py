from collections.abc import Iterator

import pytest

from chartgen.engine.choose import open_engine
from tests.golden.charts import Helm


@pytest.fixture(scope="session")
def helm() -> Iterator[Helm]:
    with open_engine("auto", jobs=1) as engine:
        yield Helm(engine)
