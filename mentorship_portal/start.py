"""``make run``: prepare the installation, say where it is and who may log in, serve.

Everything is prepared in one process; then gunicorn takes its place.
"""

import os
import socket
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship_portal.settings")
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    refuse_taken_port(host, port)
    django.setup()
    migrate()
    collect_static()
    logins = load_demo()
    announce(host, port, logins)
    sys.stdout.flush()
    os.execv(
        sys.executable,
        [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "mentorship_portal/gunicorn.py"),
         "mentorship_portal.wsgi"],
    )  # fmt: skip


def refuse_taken_port(host: str, port: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, ValueError, OverflowError) as error:
            sys.exit(
                f"Адрес {host}:{port} занят или неверен ({error}). Другой порт: PORT=8001 make run"
            )


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Готовится база данных…")
        call_command("migrate", verbosity=0)


def collect_static() -> None:
    """Collect static files when a source is newer than the collection, or another version runs."""
    from django.conf import settings

    target = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = [ROOT / "requirements.lock", *(ROOT / "static").rglob("*"),
               *(ROOT / "documents/static").rglob("*")]  # fmt: skip
    if not settings.DEBUG and (
        not target.exists()
        or max(path.stat().st_mtime for path in sources) > target.stat().st_mtime
    ):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=IGNORED)
        target.touch()


# Parts of Bootstrap and htmx that no page uses.
IGNORED = ["*rtl*", "*grid*", "*reboot*", "*utilities*", "*esm*", "htmax*", "ext"]


def load_demo() -> dict:
    """Fill an empty database with the demonstration school unless DEMO=0; its logins, if any."""
    from mentorship_portal import demo
    from programmes.models import School

    if os.environ.get("DEMO", "1") != "0" and not School.objects.exists():
        print("Загружается демонстрационная школа…")
        demo.load()
    return demo.logins()


def announce(host: str, port: str, logins: dict) -> None:
    from mentorship_portal import first_visit

    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # nosec B104: compared, not bound
    address = f"http://{shown}:{port}/"
    print(f"\nПортал: {address}")
    if logins:
        print("Демонстрационная школа, вход по ролям:")
        for login, (role, password) in logins.items():
            print(f"  {role:<14} логин {login:<14} пароль {password}")
    code = first_visit.current_code()
    if code:
        print(f"Портал пуст. Откройте {address}setup/ и введите код первого входа: {code}")
    print("Остановить: Ctrl+C\n")


if __name__ == "__main__":
    main()
