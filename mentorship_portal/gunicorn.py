"""How gunicorn serves the portal. See the README for the environment variables."""

import gc
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WORKERS", "2"))
threads = 4
worker_class = "gthread"
timeout = 60
graceful_timeout = 30
# A worker is replaced after a while, so that no slow leak of a library ever matters.
max_requests = 5000
max_requests_jitter = 500
accesslog = None  # personal links stand in addresses
errorlog = "-"
loglevel = "warning"


def post_worker_init(worker) -> None:
    """Let the collector pass over what the program itself holds from now on.

    Else every tenth request or so walks through all of Django's objects: 50 ms on a page of 45.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # all rooms are read before the first request
    gc.collect()
    gc.freeze()


def when_ready(server) -> None:
    """Start the worker of long work beside the portal, and start it again when it dies.

    ``EXPORTS_WORKER=0`` leaves that to a service of its own (``manage.py run_exports --alone``).
    """
    if os.environ.get("EXPORTS_WORKER", "1") != "0":
        threading.Thread(target=_keep_exports_going, daemon=True).start()


def _keep_exports_going() -> None:
    manage = Path(__file__).resolve().parent.parent / "manage.py"
    while True:
        subprocess.run([sys.executable, str(manage), "run_exports"], check=False)  # nosec B603
        time.sleep(5)
