"""A real gunicorn worker's memory before and after 200 PDFs served over HTTP."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from bench.measuring import report, resident_megabytes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder: str, port: int) -> subprocess.Popen:
    """The portal with the demonstration school in ``folder``; its output goes to a file there."""
    environment = os.environ | {"DATA_DIR": folder, "PORT": str(port), "WORKERS": "1"}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "mentorship_portal.start"],
        env=environment,
        stdout=(Path(folder) / "log").open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait(base: str, limit: float = 60) -> float:
    """Seconds until the first page answers."""
    started = time.perf_counter()
    while time.perf_counter() - started < limit:
        try:
            build_opener().open(f"{base}/login/", timeout=2).read()
            return time.perf_counter() - started
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise SystemExit("the portal did not answer")


def log_in(base: str, folder: str):
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{base}/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    password = json.loads((Path(folder) / "demo_logins").read_text())["curator"]
    data = {"csrfmiddlewaretoken": token, "username": "curator", "password": password}
    opener.open(f"{base}/login/", urlencode(data).encode()).read()
    return opener


def worker_of(master: int) -> int:
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return int(children[0])


def measure() -> None:
    folder, port = tempfile.mkdtemp(prefix="portal-bench-"), free_port()
    base = f"http://127.0.0.1:{port}"
    server = start(folder, port)
    try:
        wait(base)
        opener = log_in(base, folder)
        page = opener.open(f"{base}/documents/").read().decode()
        programme = re.search(r"/documents/start/(\d+)/", page)[1]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        draft = opener.open(
            f"{base}/documents/start/{programme}/",
            urlencode({"csrfmiddlewaretoken": token, "kind": "D7"}).encode(),
        ).geturl()
        worker = worker_of(server.pid)
        report("worker_rss_at_start", resident_megabytes(worker), "MB", 1)
        for count in range(1, 401):
            opener.open(f"{draft}paper.pdf").read()
            if count in (50, 200, 400):
                report(f"worker_rss_after_{count}_pdfs", resident_megabytes(worker), "MB", count)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


if sys.argv[-1] == "memory":
    measure()
