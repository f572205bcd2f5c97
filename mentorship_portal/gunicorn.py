"""How gunicorn serves the portal. See the README for the environment variables."""

import os

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
