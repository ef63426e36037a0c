#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twisted's own tests, with its class Deferred and with the engine's: which come out differently.

Each module runs in a process of its own for each way. What came out differently is run again: only a test that never
came out the same is listed, and makes this fail.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "proofs"))

import ways  # noqa: E402

RUNNER = HERE / "proofs" / "run_tests.py"

# What has most to do with Deferreds, and takes seconds.
CHOSEN = (
    "twisted.internet.test.test_defer",
    "twisted.internet.test.test_inlinecb",
    "twisted.internet.test.test_time",
    "twisted.internet.test.test_threads",
    "twisted.logger.test.test_logger",
    "twisted.spread.test.test_pb",
    "twisted.test.test_adbapi",
    "twisted.test.test_amp",
    "twisted.test.test_cooperator",
    "twisted.test.test_defer",
    "twisted.test.test_defgen",
    "twisted.test.test_dirdbm",
    "twisted.test.test_failure",
    "twisted.test.test_log",
    "twisted.test.test_paths",
    "twisted.test.test_policies",
    "twisted.test.test_task",
    "twisted.test.test_threadpool",
    "twisted.test.test_threads",
    "twisted.trial.test.test_asyncassertions",
    "twisted.trial.test.test_deferred",
    "twisted.web.test.test_agent",
    "twisted.web.test.test_http",
)

END = "(end)"  # stands for a test's id in the line that says how a module has ended

Outcomes = dict[str, set[str]]  # of each test's id, those that it has had


def folder_of_twisted(folder: str | None) -> Path:
    if folder:
        return Path(folder).resolve() / "twisted"
    spec = importlib.util.find_spec("twisted")
    if spec is None:
        sys.exit("There is no Twisted here: give --twisted, or run this with Debian's /usr/bin/python3.")
    return Path(spec.submodule_search_locations[0])


def modules_in(folder: Path) -> list[str]:
    """The test modules of the Twisted in that folder, also those that Debian leaves out of its own runs."""
    files = sorted([*folder.rglob("test/test_*.py"), *folder.rglob("test/ignore_test_*.py")])
    return [".".join(file.relative_to(folder.parent).with_suffix("").parts) for file in files]


class Runs:
    """Runs modules, each in a process and a folder of its own."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._python = options.python
        self._seconds = options.seconds
        self._environment = ways.environment(options.package, options.twisted)
        self._keep = Path(options.keep).resolve() if options.keep else None

    def run(self, way: str, module: str, round: int = 0) -> list[str]:
        """The lines of the module's tests, in their order, and how it has ended."""
        with tempfile.TemporaryDirectory(prefix="proofs-") as name:
            folder = Path(name)
            with open(folder / "said", "w+", errors="replace") as said:
                child = subprocess.Popen(
                    [self._python, str(RUNNER), way, str(folder / "outcomes"), module],
                    cwd=folder,
                    env={**self._environment, "TMPDIR": name},
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                    start_new_session=True,
                )
                end = self._end_of(child)
                if self._keep:
                    said.seek(0)
                    self._keep.mkdir(parents=True, exist_ok=True)
                    (self._keep / f"{module}.{way}.{round}").write_text(said.read())
            outcomes = folder / "outcomes"
            return [*(outcomes.read_text().splitlines() if outcomes.exists() else []), f"{end} {END}"]

    def _end_of(self, child: subprocess.Popen) -> str:
        try:
            return f"exit {child.wait(self._seconds)}"
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return "timeout"


def outcomes_of(lines: list[str]) -> dict[str, str]:
    """By id. Some modules have two tests of the same id."""
    found: dict[str, str] = {}
    for line in lines:
        outcome, _, test = line.rpartition(" ")
        found[test] = f"{found[test]},{outcome}" if test in found else outcome
    return found


def different(plain: Outcomes, other: Outcomes) -> list[str]:
    """The tests that have never come out the same."""
    ids = [*plain, *(test for test in other if test not in plain)]
    return [test for test in ids if plain.get(test, set()).isdisjoint(other.get(test, set()))]


def text_of(outcomes: Outcomes, test: str) -> str:
    return "|".join(sorted(outcomes.get(test, {"missing"})))


@dataclass
class Compared:
    tests: int
    lines: list[str]  # one for each test that comes out differently in one of the other ways
    has_ended: bool  # in time, with Twisted's own class


def compare(runs: Runs, module: str, others: list[str], rounds: int) -> Compared:
    seen: dict[str, Outcomes] = {way: {} for way in (ways.PLAIN, *others)}
    plain = seen[ways.PLAIN]
    left = others
    for round in range(rounds):
        for way in (ways.PLAIN, *left):
            for test, outcome in outcomes_of(runs.run(way, module, round)).items():
                seen[way].setdefault(test, set()).add(outcome)
        left = [way for way in left if different(plain, seen[way])]
        if not left:
            break
    lines = [
        f"{module} {way}: {test}: {text_of(plain, test)} -> {text_of(seen[way], test)}"
        for way in left
        for test in different(plain, seen[way])
    ]
    return Compared(len(plain) - 1, lines, "exit 0" in plain[END])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", help="test modules; none: those that have most to do with Deferreds")
    parser.add_argument("--all", action="store_true", help="every test module of that Twisted")
    parser.add_argument("--package", required=True, help="the folder that holds the package deferscope")
    parser.add_argument("--twisted", help="a folder with another Twisted than the installed one")
    parser.add_argument("--ways", default="swapped,recorded", help="with what the engine's class is tried")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--seconds", type=float, default=180, help="the longest that a module may take")
    parser.add_argument("--rounds", type=int, default=3, help="how often what differs is run before it is told")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", help="a folder for what each run has said")
    options = parser.parse_args()

    folder = folder_of_twisted(options.twisted)
    known = modules_in(folder)
    modules = known if options.all else options.modules or [module for module in CHOSEN if module in known]
    runs = Runs(options)
    others = options.ways.split(",")
    tests, lines, unended = 0, [], []
    with ThreadPoolExecutor(options.jobs) as pool:
        results = pool.map(lambda module: compare(runs, module, others, options.rounds), modules)
        for module, found in zip(modules, results):
            tests += found.tests
            lines += found.lines
            unended += [] if found.has_ended else [module]
            print(f"{module}: {found.tests} tests, {len(found.lines)} differ", file=sys.stderr, flush=True)
    print("\n".join(lines))
    if unended:
        print("Stopped after their time with Twisted's own class, and compared so far:", *unended)
    print(f"{len(modules)} modules, {tests} tests, {len(lines)} come out differently")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
