#!/usr/bin/env bash
# Sets up what `make run` and `make test` need, once: .venv with the locked packages, and the system
# parts (PDF libraries, a font, Chromium and LibreOffice for the tests). Says plainly what it could not install.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
python=${PYTHON:-python3}
lock=requirements.lock
[ "$purpose" = test ] && lock=requirements-dev.lock

command -v "$python" >/dev/null || { echo "Нужен Python 3.11 или новее: команда $python не найдена."; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Нужен Python 3.11 или новее, а $python – $("$python" -V)."; exit 1; }

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
updated=no
install() {
  if may_install; then
    [ "$updated" = yes ] || { apt-get update -qq || true; updated=yes; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  fi
  echo "Не установлено: $*. Выполните: sudo apt-get install $*"
  return 1
}

# System parts, looked for once a machine: the stamp lies in .venv, which a new machine lacks.
system_parts() {
  local missing=()
  for library in libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0 libharfbuzz-subset.so.0:libharfbuzz-subset0; do
    "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "${library%%:*}" 2>/dev/null || missing+=("${library##*:}")
  done
  if [ ${#missing[@]} -gt 0 ]; then install "${missing[@]}" || echo "Портал запустится; документы будут в DOCX, для PDF нужны эти части."; fi
  if ! find /usr/share/fonts "$HOME/.fonts" -iname 'LiberationSerif*' -o -iname 'PTAstraSerif*' 2>/dev/null | grep -q .; then
    install fonts-liberation2 || install fonts-liberation || echo "Без шрифта Liberation Serif документы будут набраны другим шрифтом."
  fi
  if [ "$purpose" = test ]; then
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || install chromium || echo "Без Chromium проверки в браузере пропускаются."
    command -v pdftotext >/dev/null || install poppler-utils || echo "Без pdftotext часть проверок PDF пропускается."
    command -v soffice >/dev/null || command -v libreoffice >/dev/null || install libreoffice-writer-nogui || echo "Без LibreOffice не проверяется, как документы Word выглядят на странице."
  fi
}

if [ ! -x .venv/bin/python ]; then
  "$python" -m venv .venv 2>/dev/null || { rm -rf .venv; install python3-venv && "$python" -m venv .venv; } || { echo "Не удалось создать .venv: установите python3-venv."; exit 1; }
fi

stamp=.venv/.ready-$purpose
wanted=$("$python" -c 'import hashlib, sys; print(hashlib.sha256(b"".join(open(f, "rb").read() for f in sys.argv[1:])).hexdigest())' "$lock" scripts/setup.sh)
[ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && exit 0

system_parts
echo "Устанавливаются пакеты Python (один раз)…"
[ -n "${PIP_CERT:-}" ] && export SSL_CERT_FILE="${SSL_CERT_FILE:-$PIP_CERT}"
if .venv/bin/python -m pip install -q --disable-pip-version-check uv >/dev/null 2>&1 && .venv/bin/uv pip install -q --python .venv/bin/python --require-hashes -r "$lock"; then :; else
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
fi
echo "$wanted" > "$stamp"
