"""Builds, fills and starts what is measured."""

import contextlib
import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
WORK = PROJECT / "target" / "bench"
HELPDESK = PROJECT / "target" / "release" / "helpdesk"
FLOOR = PROJECT / "target" / "floor" / "release" / "floor"
FLOOR_PORT = 8099

FLOOR_TABLES = """
create table users (id integer primary key, name text not null);
create table category (id integer primary key, name text not null);
create table ticket (id {id}, org integer not null, title text not null, description text not null, status text not null,
    priority text not null, category_id integer not null, assignee_id integer, requester_id integer not null, created_at text not null);
create index ticket_by_age on ticket (org, created_at, id);
create table history (id {id}, ticket_id bigint not null, action text not null);
create table tally (org integer primary key, n bigint not null);
"""
# What the floor shows of our tickets, in its own columns.
OURS_AS_FLOORS = """
select t.serial, 1, t.title, t.description, 'open', 'medium', coalesce(t.category, 1), t.assignee, t.requester, {time}
from {ours}ticket t where t.organization = (select organization from {ours}ticket order by serial desc limit 1)
"""


@dataclasses.dataclass
class Pair:
    """Both servers, running on the same tickets."""

    size: int
    ours: str
    floor: str
    token: str
    process: int
    folder: pathlib.Path
    database: str

    def resident_megabytes(self):
        return self.anonymous_kilobytes() // 1024

    def anonymous_kilobytes(self):
        """What the process has for itself alone: files that it has mapped are not counted."""
        for line in pathlib.Path(f"/proc/{self.process}/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1])
        return 0

    def get(self, path):
        request = urllib.request.Request(self.ours + path, headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


def run(command, **options):
    print("bench:", *(re.sub("//.*@", "//…@", str(part)) for part in command[:5]), file=sys.stderr)
    return subprocess.run([str(part) for part in command], check=True, **options)


def need_wrk():
    if shutil.which("wrk"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit("wrk is missing: install it (Debian: apt-get install wrk)")
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", "wrk"])


def database():
    """`sqlite`, or the administrator's URL of a PostgreSQL that this program is run again beside."""
    if os.environ.get("BENCH_DATABASE", "sqlite") == "sqlite":
        return "sqlite"
    url = os.environ.get("TEST_POSTGRES_URL")
    if url is None:
        os.environ["POSTGRES_DURABLE"] = "true"
        os.execv(PROJECT / "scripts/postgres", [str(PROJECT / "scripts/postgres"), sys.executable, *sys.argv])
    return url


def build():
    run(["cargo", "build", "--release", "--package", "helpdesk"], cwd=PROJECT)
    run(["cargo", "build", "--release", "--target-dir", PROJECT / "target/floor"], cwd=PROJECT / "bench/floor")


def settings(url, folder, port="0"):
    own = {
        "DATABASE_URL": url,
        "PORT": port,
        "HELPDESK_DEMO": "true",
        "BCRYPT_COST": os.environ.get("BENCH_BCRYPT_COST", "10"),
        "RATE_LIMIT_ENABLED": "false",
        "ACCESS_TOKEN_EXPIRE_MINUTES": "600",
        "LOG_FORMAT": "json",
    }
    return {"env": {**os.environ, **own}, "cwd": folder}


def fill(url, floor_url, folder, size):
    """Both databases, unless an earlier run filled them."""
    done = folder / "filled"
    if done.exists():
        return
    if url.startswith("sqlite"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    run([HELPDESK, "seed", "--tickets", size], **settings(url, folder))
    (fill_floor_sqlite if url.startswith("sqlite") else fill_floor_postgres)(url, floor_url, folder)
    if url.startswith("sqlite"):
        done.touch()


def fill_floor_sqlite(_, __, folder):
    with contextlib.closing(sqlite3.connect(folder / "floor.db")) as floor:
        floor.execute("pragma journal_mode = wal")
        floor.executescript(FLOOR_TABLES.format(id="integer primary key"))
        floor.execute("attach ? as ours", [str(folder / "helpdesk.db")])
        floor.execute("insert into users select serial, first_name || ' ' || last_name from ours.account")
        floor.execute("insert into category select serial, name from ours.category")
        told = "strftime('%Y-%m-%d %H:%M:%S', t.created_at / 1000000, 'unixepoch')"
        floor.execute("insert into ticket " + OURS_AS_FLOORS.format(ours="ours.", time=told))
        floor.execute("insert into history (ticket_id, action) select id, 'created' from ticket")
        floor.execute("insert into tally select 1, count(*) from ticket")
        floor.commit()


def fill_floor_postgres(url, floor_url, _):
    copy = [
        ("users", "select serial, first_name || ' ' || last_name from account"),
        ("category", "select serial, name from category"),
        ("ticket", OURS_AS_FLOORS.format(ours="", time="to_timestamp(t.created_at / 1000000)::text")),
    ]
    tables = FLOOR_TABLES.format(id="bigint generated by default as identity primary key")
    # The floor reads its integers as 64 bits.
    run(["psql", "-q", floor_url, "-c", tables.replace("integer", "bigint")])
    for table, query in copy:
        read = subprocess.Popen(["psql", url, "-c", f"copy ({query}) to stdout"], stdout=subprocess.PIPE)
        run(["psql", "-q", floor_url, "-c", f"copy {table} from stdin"], stdin=read.stdout)
    for last in (
        "insert into history (ticket_id, action) select id, 'created' from ticket",
        "insert into tally select 1, count(*) from ticket",
        "select setval(pg_get_serial_sequence('ticket', 'id'), (select max(id) from ticket))",
        "vacuum analyze",
    ):
        run(["psql", "-q", floor_url, "-c", last], stdout=subprocess.DEVNULL)
    run(["psql", "-q", url, "-c", "vacuum analyze"])


def databases(kind, folder, size):
    if kind == "sqlite":
        return f"sqlite://{folder / 'helpdesk.db'}", f"sqlite://{folder / 'floor.db'}"
    names = [f"helpdesk_{size}", f"floor_{size}"]
    for name in names:
        run(["psql", "-q", kind, "-c", f"create database {name}"])
    place = urllib.parse.urlsplit(kind)
    return tuple(place._replace(path=f"/{name}").geturl() for name in names)


@contextlib.contextmanager
def started(command, log, **options):
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **options)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


@contextlib.contextmanager
def running(kind, size):
    folder = WORK / f"{'sqlite' if kind == 'sqlite' else 'postgres'}-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    url, floor_url = databases(kind, folder, size)
    fill(url, floor_url, folder, size)
    port = free_port()
    ours, floor = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{FLOOR_PORT}"
    with started([HELPDESK, "serve"], folder / "helpdesk.log", **settings(url, folder, str(port))) as process:
        with started([FLOOR, floor_url], folder / "floor.log"):
            wait_for(port, process)
            wait_for(FLOOR_PORT, process)
            yield Pair(size, ours, floor, login(ours), process.pid, folder, url)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            sys.exit("helpdesk ended; its log is in target/bench")
        time.sleep(0.1)
    sys.exit(f"nothing listens on {port}")


def login(base):
    body = json.dumps({"email": "admin@example.com", "password": "admin123"}).encode()
    request = urllib.request.Request(f"{base}/api/v1/auth/login/", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["access_token"]
