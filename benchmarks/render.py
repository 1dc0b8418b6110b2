"""Renders charts with chartgen's engine, by their default values, and does nothing else: no run of lint can be faster.

python benchmarks/render.py CHART...
"""

from __future__ import annotations

import sys
from pathlib import Path

from chartgen.chart.read import read_chart
from chartgen.engine.api import Job
from chartgen.engine.choose import open_engine
from chartgen.lint.standins import with_stand_ins


def main() -> int:
    with open_engine() as engine:
        for _ in engine.render(Job(with_stand_ins(read_chart(Path(path)))) for path in sys.argv[1:]):
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
