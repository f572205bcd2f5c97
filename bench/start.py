"""From a fresh clone to the first page, and a second start, through ``make run``."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from bench.measuring import report
from bench.memory import free_port, wait

ROOT = Path(__file__).resolve().parent.parent


def run(clone: Path, port: int) -> float:
    environment = os.environ | {"PORT": str(port), "DATA_DIR": str(clone / "var")}
    environment.pop("DATABASE_URL", None)
    server = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return wait(f"http://127.0.0.1:{port}", limit=300)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
clone = folder / "clone"
subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
report("fresh_clone_to_first_page", run(clone, free_port()), "s", 1)
report("second_start", run(clone, free_port()), "s", 1)
shutil.rmtree(folder, ignore_errors=True)
