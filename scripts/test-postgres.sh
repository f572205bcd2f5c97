#!/usr/bin/env bash
# The suite on PostgreSQL: DATABASE_URL, else a local server. Without one: says so and passes.
set -euo pipefail
cd "$(dirname "$0")/.."
export DATABASE_URL=${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
if ! .venv/bin/python - <<'PY'
import os, sys
import psycopg2
try:
    psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=3).close()
except psycopg2.OperationalError:
    sys.exit(1)
PY
then
  echo "PostgreSQL does not answer: the PostgreSQL run is skipped."
  exit 0
fi
exec .venv/bin/python -m pytest -n auto "$@"
