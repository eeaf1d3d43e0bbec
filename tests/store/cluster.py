"""A private PostgreSQL with PostGIS on a loopback port, for one test run."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

DEBIAN = Path("/usr/lib/postgresql")
PACKAGES = "postgresql, postgresql-15-postgis-3"
PASSWORD = "mật khẩu thử"
# Nothing here outlives the run, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "lc_messages": "C",
}


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl of a PostgreSQL that has PostGIS; None when there is none."""
    on_path = shutil.which("initdb")
    folders = [path.parent for path in sorted(DEBIAN.glob("*/bin/initdb"), reverse=True)]
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next((folder for folder in folders if _has_postgis(folder)), None)


def _has_postgis(binaries: Path) -> bool:
    asked = subprocess.run(
        [binaries / "pg_config", "--sharedir"], capture_output=True, text=True, check=False
    )
    folders = [Path(asked.stdout.strip()), Path("/usr/share/postgresql") / binaries.parent.name]
    return any((folder / "extension" / "postgis.control").exists() for folder in folders)


@dataclass
class Cluster:
    """A running server. Every database it makes is new and has PostGIS already."""

    port: int
    names: Iterator[str] = field(default_factory=lambda: (f"kho_{n}" for n in count(1)))

    def url(self, database: str, *, password: str = PASSWORD, user: str = "mau") -> str:
        quoted = password.replace(" ", "%20")
        return f"postgresql://{user}:{quoted}@127.0.0.1:{self.port}/{database}"

    def make_database(self, template: str = "with_postgis") -> str:
        """The address of a new database like the template, which nobody may have open."""
        name = next(self.names)
        self.run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return self.url(name)

    def drop_database(self, url: str) -> None:
        name = sql.Identifier(url.rsplit("/", 1)[1])
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def run(self, statement: sql.SQL | sql.Composed, *, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_cluster(binaries: Path) -> Iterator[Cluster]:
    """Start it in a folder of its own, not as root, and take both away again."""
    owner = _find_owner()
    # A socket's path must be short, which a test run's own folder is not.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        home = Path(folder)
        if owner is not None:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        password_file = home / "password"
        password_file.write_text(PASSWORD, encoding="utf-8")
        password_file.chmod(0o644)
        data = home / "data"
        _run(
            owner,
            binaries / "initdb",
            "--pgdata",
            data,
            "--username=mau",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        port = _find_free_port()
        options = SETTINGS | {"port": str(port), "unix_socket_directories": folder}
        with (data / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        control = (binaries / "pg_ctl", "--pgdata", data, "--wait")
        _run(owner, *control, "--log", home / "log", "start")
        try:
            cluster = Cluster(port)
            cluster.run(sql.SQL("CREATE DATABASE with_postgis"))
            cluster.run(sql.SQL("CREATE EXTENSION postgis"), database="with_postgis")
            yield cluster
        finally:
            _run(owner, *control, "--mode=immediate", "stop")


def _find_owner() -> pwd.struct_passwd | None:
    """Whom to run the server as; None for oneself, which root may not be."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _run(owner: pwd.struct_passwd | None, *command: str | Path) -> None:
    ran = subprocess.run(
        command,
        user=owner and owner.pw_uid,
        group=owner and owner.pw_gid,
        extra_groups=[] if owner else None,
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def _find_free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
