"""How time and memory grow with the number of charts: ``python benchmarks/scale.py [COUNT]...`` (250 500 1000 2000).

Makes small charts in a temporary folder and lints them in one run without a cache. Prints the seconds, the
milliseconds for each chart, and the most memory that chartgen itself took, Helm's processes apart.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_CHART = "apiVersion: v2\nname: c{number}\nversion: 1.0.0\n"
_TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: {{ .Values.image }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector: {app: web}
  ports:
    - {name: http, port: 80}
"""


def main(counts: list[int]) -> None:
    """Lint ever more charts and print what that took."""
    print("charts  seconds  ms/chart  MiB")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            place = Path(folder) / str(count)
            for number in range(count):
                _make(place / f"c{number}", number)
            began = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "chartgen", "lint", str(place), "--no-cache", "--no-config", "--exit-zero"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - began
            if status:
                sys.exit(f"chartgen ended with {os.waitstatus_to_exitcode(status)}")
            print(f"{count:6} {seconds:8.1f} {1000 * seconds / count:9.1f} {usage.ru_maxrss >> 10:4}", flush=True)


def _make(folder: Path, number: int) -> None:
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text(_CHART.format(number=number))
    (folder / "values.yaml").write_text(f"replicas: 2\nimage: example.com/web:1.{number}\n")
    (folder / "templates/web.yaml").write_text(_TEMPLATE)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [250, 500, 1000, 2000])
