# SPDX-License-Identifier: MIT
"""Runs a program with Twisted's Deferred on the engine, and records it.

    python3 -m deferscope [--record FILE] [--depth N] PROGRAM ARGS…
    python3 -m deferscope [--record FILE] [--depth N] -m MODULE ARGS…

PROGRAM is a Python file, or an executable script on the path such as scrapy or twistd. It takes this process's place:
its output, its signals and its exit code are its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from deferscope import record


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m deferscope", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--record", metavar="FILE", default="recording.dscope", help="the file to write")
    parser.add_argument("--depth", type=int, default=record.DEFAULT_DEPTH, help="how deep inside values to tell")
    parser.add_argument("program", nargs=argparse.REMAINDER, help="PROGRAM ARGS… or -m MODULE ARGS…")
    given = parser.parse_args()
    if given.program[:1] == ["--"]:
        del given.program[0]
    if not given.program or given.program == ["-m"]:
        parser.error("a program is wanted")
    return given


def environment(path: str, depth: int) -> dict[str, str]:
    """The environment in which any Python records: this package's sitecustomize stands first on its path."""
    found = dict(os.environ)
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found["PYTHONPATH"] = os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH")]))
    found[record.FILE] = os.path.abspath(path)
    found[record.DEPTH] = str(depth)
    found.pop(record.OWNER, None)
    return found


def command(program: list[str]) -> list[str]:
    """The command line that runs it: by this Python, but for an executable that brings its own."""
    if program[0] == "-m" or os.path.exists(program[0]):
        return [sys.executable, *program]
    found = shutil.which(program[0])
    return [found, *program[1:]] if found else [sys.executable, *program]


def main() -> None:
    given = arguments()
    line = command(given.program)
    os.execve(line[0], line, environment(given.record, given.depth))


main()
