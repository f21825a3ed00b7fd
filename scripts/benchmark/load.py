"""Many requests at once, with wrk: ours and the floor's in turn."""

import dataclasses
import os
import random
import re
import subprocess
import urllib.parse

from .servers import PROJECT

SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "2"))
CONNECTIONS = 16


@dataclasses.dataclass
class Run:
    """What one run of wrk said."""

    rate: float
    p50: float
    p99: float
    failures: int


@dataclasses.dataclass
class Load:
    """One request under load: our runs, and the floor's where it has such a request."""

    size: int
    what: str
    ours: list
    floor: list
    memory: int


@dataclasses.dataclass
class Case:
    """One request: a path here, a path there, a script of wrk's that makes more of them."""

    what: str
    ours: str
    floor: str = ""
    script: str = ""


CASES = [
    Case("list", "/api/v1/tickets/", "/list"),
    Case("filtered list", "/api/v1/tickets/?status=open&priority=high"),
    Case("search", "/", script="search"),
    Case("one ticket", "/api/v1/tickets/%d/", "/one/%d", script="one"),
    Case("stats", "/api/v1/tickets/stats/"),
    Case("list, clocks running", "/api/v1/tickets/?status=open"),
    Case("list, clocks stopped", "/api/v1/tickets/?status=closed"),
    Case("create", "/api/v1/tickets/", "/create", script="create"),
    Case("smartsupport list", "/api/tickets/"),
    Case("smartsupport one", "/api/tickets/%d/", script="one"),
    Case("help list", "/api/help/requests"),
]


def measure(pair):
    words = pair.folder / "queries.txt"
    words.write_text("\n".join(queries(pair)) + "\n")
    environment = {"BENCH_TICKETS": str(pair.size), "BENCH_WORDS": str(words)}
    return [measure_case(pair, case, environment) for case in CASES]


def measure_case(pair, case, environment):
    ours, floor = [], []
    for _ in range(ROUNDS):
        ours.append(wrk(pair.ours, case.ours, case.script, environment, pair.token))
        if case.floor:
            floor.append(wrk(pair.floor, case.floor, case.script, environment))
    print(f"bench: {pair.size} {case.what}: {ours} {floor}", flush=True)
    return Load(pair.size, case.what, ours, floor, pair.resident_megabytes())


def wrk(base, path, script, environment, token=None):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    command += ["-s", str(PROJECT / f"bench/wrk/{script}.lua")] if script else []
    command += ["-H", f"Authorization: Bearer {token}"] if token else []
    # A script makes the paths itself.
    command.append(base + ("/" if script else path))
    said = subprocess.run(command, env={**os.environ, **environment, "BENCH_PATH": path}, capture_output=True, text=True, check=True).stdout
    return Run(
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
        p50=milliseconds(re.search(r"(?m)^\s+50%\s+(\S+)", said).group(1)),
        p99=milliseconds(re.search(r"(?m)^\s+99%\s+(\S+)", said).group(1)),
        failures=sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", said)))
        + sum(sum(map(int, found)) for found in re.findall(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)),
    )


def milliseconds(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s|m)$", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def queries(pair, many=300):
    """What people search for: words of the tickets, frequent and rare, some begun, some misspelt, some in pairs."""
    chance = random.Random(7)
    texts = []
    for _ in range(25):
        ticket = chance.randrange(1, pair.size)
        shown = pair.get(f"/api/v1/tickets/{ticket}/")
        texts.append(re.findall(r"[a-z]{4,}", f"{shown['title']} {shown['description']}".lower()))
    return [urllib.parse.quote(query(chance, chance.choice([words for words in texts if words]))) for _ in range(many)]


def query(chance, words):
    word = chance.choice(words)
    kind = chance.randrange(10)
    if kind < 5:
        return word
    if kind < 7:
        return f"{word} {chance.choice(words)}"
    if kind < 9:
        return word[: max(3, len(word) - 2)]
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
