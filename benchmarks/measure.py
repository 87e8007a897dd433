"""Run one command and print what it cost as JSON: a process of its own, so that only the command is counted.

``python measure.py LOG COMMAND…``; the command's output goes to the file LOG.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    with Path(sys.argv[1]).open("wb") as log:
        start = time.perf_counter()
        code = subprocess.call(sys.argv[2:], stdout=log, stderr=subprocess.STDOUT)
        wall = time.perf_counter() - start
    # Times are summed over all descendants; the peak is that of the largest one (in KiB on Linux, bytes on macOS).
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"code": code, "wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * unit}))


if __name__ == "__main__":
    main()
