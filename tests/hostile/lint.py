"""``chartgen lint`` with little time for each render; the last line of standard error says how much memory it took.

Usage: ``python lint.py SECONDS ARGUMENT...``
"""

import os
import resource
import sys

from chartgen.engine import choose

seconds = float(sys.argv[1])
opened = choose.open_engine
choose.open_engine = lambda name="auto", **options: opened(name, **options, time_limit=seconds)  # type: ignore[assignment]

from chartgen.__main__ import main  # noqa: E402

code = main(["lint", *sys.argv[2:]])
sys.stdout.flush()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.stderr.write(f"\n{peak}\n")
sys.stderr.flush()
os._exit(code)
