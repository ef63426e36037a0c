# SPDX-License-Identifier: MIT
"""The lab without a window: runs a file, whose arguments, input, output and exit code are its own."""

from __future__ import annotations

import argparse
import math
import os
import sys
from typing import List

from deferscope.lab import prepare  # noqa: F401  (first of all)
from deferscope.lab.budget import Budget
from deferscope.lab.run import Request, Run, freeze


def main(arguments: List[str]) -> int:
    options = _parser().parse_args(arguments)
    try:
        with open(options.file, "rb") as file:
            text = file.read()
    except OSError as error:
        print(f"deferscope: can't open file {options.file!r}: {error.strerror}", file=sys.stderr)
        return 2
    if not getattr(sys.flags, "safe_path", False):
        del sys.path[0]  # where the lab was started
    sys.path.insert(0, os.path.dirname(os.path.abspath(options.file)))
    freeze()
    Run(_request(options, text), recording=options.record_fd).run()


def _request(options: argparse.Namespace, text: bytes) -> Request:
    budget = Budget(events=1_000_000, virtual_seconds=math.inf) if options.record_fd >= 0 else Budget()
    budget.updated(
        {
            "events": options.events,
            "seconds": options.cpu_seconds,
            "virtualSeconds": options.virtual_seconds,
            "bytes": options.bytes,
        }
    )
    return Request(
        text=text,
        file=os.path.abspath(options.file),
        argv=[options.file, *options.arguments],
        budget=budget,
        real_time=options.real_time,
        sandbox=options.sandbox,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="deferscope.lab",
        description="Run a file in virtual time, without a network, always in the same way.",
    )
    add = parser.add_argument
    add("--record-fd", type=int, default=-1, metavar="N", help="write the recording to that descriptor")
    add("--real-time", action="store_true", help="let time really pass")
    add("--sandbox", action=argparse.BooleanOptionalAction, default=False, help="take its rights away")
    add("--events", type=int, metavar="N", help="end the run after so many events of a recording")
    add("--virtual-seconds", type=float, metavar="S", help="end it after so much virtual time")
    add("--cpu-seconds", type=float, metavar="S", help="end it when it computes so long and nothing happens")
    add("--bytes", type=int, metavar="N", help="let it have so much memory, and print so much")
    add("file", metavar="FILE")
    add("arguments", metavar="ARGS", nargs=argparse.REMAINDER)
    return parser
