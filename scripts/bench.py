#!/usr/bin/env python3
"""Measures helpdesk beside the floor; bench/README.md says what and why. Python 3.9 or newer, nothing else."""

import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from benchmark import beside, lists, load, platform, servers, tables, wire  # noqa: E402

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "10000,100000,1000000").replace(" ", "").split(",")]
ONLY = os.environ.get("BENCH_ONLY", "wrk,lists,beside,wire,platform").split(",")


def main():
    servers.need_wrk()
    database = servers.database()
    servers.build()
    loads, walks, others, answers = [], {}, [], []
    for size in SIZES:
        with servers.running(database, size) as pair:
            if "wrk" in ONLY:
                loads += load.measure(pair)
            if "lists" in ONLY and size in (min(SIZES), max(SIZES)):
                walks[size] = lists.walk(pair)
            if "beside" in ONLY and size == max(SIZES):
                others += beside.measure(pair)
            if "wire" in ONLY and size == max(SIZES):
                others += wire.measure(pair)
            if "platform" in ONLY and size == max(SIZES):
                answers = platform.measure(pair)
    report = tables.loads(loads) + tables.walks(walks) + tables.others(others) + tables.answers(answers)
    servers.WORK.joinpath("report.md").write_text(report)
    print(report)


if __name__ == "__main__":
    main()
