"""Backup and restore of an installation: database and files in one ZIP with checksums (SEC 17).

The database is copied first, then the files: files are written once under names of their own, so
every file that the copied database knows is there. Secrets (the key, logins) stay out.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess  # nosec B404: pg_dump and pg_restore with fixed arguments
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"


class Unusable(Exception):
    """Backup or restore is not possible; the message says why, in Russian."""


def backup(target: Path) -> None:
    """Write the archive under a temporary name, flush it to disk, then put it in place; 0600."""
    files = Path(settings.MEDIA_ROOT)
    with tempfile.TemporaryDirectory(dir=target.resolve().parent) as folder:
        database = Path(folder) / (SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        _copy_database(database)
        members = {database.name: database}
        members |= {
            f"files/{path.relative_to(files).as_posix()}": path
            for path in sorted(files.rglob("*"))
            if path.is_file()
        }
        manifest = {
            "made_at": datetime.now(UTC).isoformat(),
            "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
            "members": {name: _sha256(path) for name, path in members.items()},
        }
        temporary = Path(folder) / "archive.zip"
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
            for name, path in members.items():
                archive.write(path, name)
        os.chmod(temporary, 0o600)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(temporary, target)


def _copy_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(target)
        connection.connection.backup(copy)
        copy.close()
        return
    _run("pg_dump", "-Fc", "--no-owner", "-f", str(target), "-d", _database_name())


def _database_name() -> str:
    """The database as PostgreSQL's tools take it; the password goes by the environment."""
    s = connection.settings_dict
    host = s["HOST"] or "localhost"
    return f"postgresql://{s['USER']}@{host}:{s['PORT'] or 5432}/{s['NAME']}"


def _run(tool: str, *arguments: str) -> None:
    if shutil.which(tool) is None:
        raise Unusable(f"Нет программы {tool}: установите пакет postgresql-client.")
    environment = os.environ | {"PGPASSWORD": connection.settings_dict["PASSWORD"] or ""}
    done = subprocess.run(  # nosec B603: no shell, fixed program
        [tool, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unusable(f"{tool}: {done.stderr.strip()[:500]}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(source: Path, force: bool) -> Path | None:
    """Put an archive in place of this installation's data; where the old data went, if any.

    Everything is unpacked and verified first; on Unusable nothing has changed.
    """
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    if _has_data() and not force:
        raise Unusable("Здесь уже есть данные. Чтобы заменить их, добавьте --force.")
    with tempfile.TemporaryDirectory(dir=data) as folder:
        root = Path(folder) / "new"
        _unpack(source, root)
        kept = _keep_old(data) if _has_data() else None
        _put_database(root)
        files = Path(settings.MEDIA_ROOT)
        if (root / "files").exists():
            shutil.rmtree(files, ignore_errors=True)
            shutil.move(root / "files", files)
    return kept


def _has_data() -> bool:
    from programmes.models import School

    tables = connection.introspection.table_names()
    return School._meta.db_table in tables and School.objects.exists()


def _unpack(source: Path, root: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            names = archive.namelist()
            manifest = json.loads(archive.read(MANIFEST))
            wanted = manifest["members"]
            if len(names) != len(set(names)) or set(names) != {MANIFEST, *wanted}:
                raise Unusable("Архив повреждён: состав не совпадает с описью.")
            for name, digest in wanted.items():
                path = PurePosixPath(name)
                if path.is_absolute() or ".." in path.parts:
                    raise Unusable("Архив повреждён: недопустимое имя файла.")
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as packed, target.open("wb") as out:
                    shutil.copyfileobj(packed, out)
                if _sha256(target) != digest:
                    raise Unusable(f"Архив повреждён: {name} не совпадает с описью.")
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError) as e:
        raise Unusable(f"Архив не читается: {type(e).__name__}.") from e
    except Exception as error:
        if isinstance(error, Unusable):
            raise
        raise Unusable(f"Архив повреждён: {type(error).__name__}.") from error
    wanted_database = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    database = root / wanted_database
    if not database.exists():
        raise Unusable("Архив сделан для другой базы данных (SQLite или PostgreSQL).")
    if connection.vendor == "sqlite":
        _check_sqlite(database)


def _check_sqlite(database: Path) -> None:
    try:
        opened = sqlite3.connect(database)
        verdict = opened.execute("PRAGMA integrity_check").fetchone()[0]
        opened.close()
    except sqlite3.DatabaseError as error:
        raise Unusable("Архив повреждён: база данных не открывается.") from error
    if verdict != "ok":
        raise Unusable("Архив повреждён: база данных не прошла проверку.")


def _keep_old(data: Path) -> Path:
    kept = data / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
    backup(kept)
    return kept


def _put_database(root: Path) -> None:
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        connection.close()
        for leftover in (f"{name}-wal", f"{name}-shm"):
            Path(leftover).unlink(missing_ok=True)
        os.chmod(root / SQLITE, 0o600)
        os.replace(root / SQLITE, name)
        return
    _run(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
        "-d", _database_name(), str(root / POSTGRESQL),
    )  # fmt: skip
