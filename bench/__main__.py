"""``make bench``: each measurement in a process of its own, one JSON object a line.

``python -m bench`` runs all of them, ``python -m bench papers`` one.
"""

import subprocess
import sys

PARTS = (
    *("papers", "memory", "people", "bases", "inbox", "importing", "board", "meetings"),
    "start",
)


def main() -> int:
    if len(sys.argv) > 1:
        __import__(f"bench.{sys.argv[1]}")
        return 0
    failed = 0
    for part in PARTS:
        failed |= subprocess.run([sys.executable, "-m", "bench", part], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
