"""``chartgen lint`` with little time for each render; the last line of standard error says how much memory it took.

Usage: ``python lint.py SECONDS ARGUMENT...``
"""

import os
import sys
from pathlib import Path

from chartgen.engine import choose

seconds = float(sys.argv[1])
opened = choose.open_engine
choose.open_engine = lambda name="auto", **options: opened(name, **options, time_limit=seconds)  # type: ignore[assignment]

from chartgen.__main__ import main  # noqa: E402

code = main(["lint", *sys.argv[2:]])
sys.stdout.flush()
# Not what getrusage says, which is at least what the process had that started this one.
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
sys.stderr.write(f"\n{peak}\n")
sys.stderr.flush()
os._exit(code)
