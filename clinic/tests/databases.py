"""Databases that several processes can open: the tests' own is hidden in one process or one transaction."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connection

SQLITE = "sqlite:///"


@contextmanager
def new_database(folder: Path, *, template: str = "") -> Iterator[str]:
    """Yields the URL of a new database of the kind that settings name: empty, or a copy of the one at `template`."""
    name = f"race_{uuid4().hex}"
    if connection.vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        if template:
            shutil.copy(template.removeprefix(SQLITE), path)
        yield f"{SQLITE}{path}"
        return
    copied = f"TEMPLATE {urlsplit(template).path[1:]}" if template else ""
    on_server(f"CREATE DATABASE {name} {copied}")
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def copy_of_the_tests_own(folder: Path) -> Iterator[str]:
    """Yields the URL of a database with the tables of the tests' own: to migrate another takes seconds.

    Where no test of the run uses the tests' own, it has no tables, and another is migrated.
    """
    if "clinic_clinic" not in connection.introspection.table_names():
        with new_database(folder) as url:
            run_python("manage.py", "migrate", "--verbosity=0", url=url)
            yield url
        return
    if connection.vendor == "sqlite":
        path = folder / "tables.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        yield f"{SQLITE}{path}"
        return
    name = connection.settings_dict["NAME"]
    connection.close()
    # A server of a journey may be idle on it; it connects anew when it is asked again.
    on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    with new_database(folder, template=f"postgres://x/{name}") as url:
        yield url


def on_server(statement: str) -> None:
    """Run one statement that belongs to no database."""
    server = connection.settings_dict
    with psycopg.connect(
        host=server["HOST"],
        port=server["PORT"] or None,
        user=server["USER"],
        password=server["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as maintenance:
        maintenance.execute(statement)


def run_python(*arguments: str, url: str) -> str:
    """What Python prints, run in the project's folder on the database at `url`; fails with its complaint."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "HTTPS": "no", "DJANGO_SETTINGS_MODULE": "clinic.settings"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
