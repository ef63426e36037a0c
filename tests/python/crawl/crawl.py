#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Scrapy crawl with Twisted's class, with the engine's, and recorded: the same comes out, at what cost.

    crawl.py --package FOLDER [--pages N] [--rounds N] [--ratio R]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Iterator

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "proofs"))

import ways  # noqa: E402


@contextlib.contextmanager
def site(options: argparse.Namespace) -> Iterator[str]:
    """Gives its port."""
    command = [options.python, str(HERE / "site.py"), str(options.pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def crawl(options: argparse.Namespace, way: str, port: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="proofs-") as folder:
        recording = Path(folder) / "crawl.dscope"
        done = subprocess.run(
            [options.python, "-B", str(HERE / "spider.py"), way, port, str(recording)],
            env={**ways.environment(options.package), "TMPDIR": folder},
            stdout=subprocess.PIPE,
            text=True,
            timeout=600,
        )
        if done.returncode != 0:
            sys.exit(f"{way}: the crawl has ended with {done.returncode}")
        return {**json.loads(done.stdout), "bytes": recording.stat().st_size if recording.exists() else 0}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", required=True, help="the folder that holds the package deferscope")
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ratio", type=float, help="fails where recorded takes more than so much of plain's CPU time")
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    runs: dict[str, list[dict[str, Any]]] = {way: [] for way in ways.WAYS}
    with site(options) as port:
        for _ in range(options.rounds):
            for way in ways.WAYS:
                runs[way].append(crawl(options, way, port))
    results = [run["result"] for each in runs.values() for run in each]
    if any(result != results[0] for result in results):
        print("What comes out is not the same:", *map(json.dumps, results), sep="\n")
        return 1
    print(json.dumps(results[0]))
    ratios = {}
    for way in (ways.SWAPPED, ways.RECORDED):
        pairs = zip(runs[way], runs[ways.PLAIN])
        ratios[way] = statistics.median(run["cpu"] / plain["cpu"] for run, plain in pairs)
    for way, each in runs.items():
        cpu = statistics.median(run["cpu"] for run in each)
        told = f"{each[0]['events']:9} events, {each[0]['bytes']:9} bytes" if each[0]["bytes"] else ""
        print(f"{way:9} {cpu:6.2f} s CPU  {ratios.get(way, 1):5.2f}  {told}")
    return 1 if options.ratio and ratios[ways.RECORDED] > options.ratio else 0


if __name__ == "__main__":
    sys.exit(main())
