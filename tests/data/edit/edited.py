#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs all scripts of a folder on a clock that does not wait, and tells which of them an edit has broken.

A script is broken when Python does not take it, or when it uses a name that it does not have.
"""
import contextlib
import gc
import io
import pathlib
import sys
import warnings

import twisted.internet
from twisted.internet import task
from twisted.logger import globalLogBeginner, globalLogPublisher

BROKEN = (SyntaxError, NameError, ImportError, AttributeError)
MOST_CALLS = 500


class Reactor(task.Clock):
    running = True

    def run(self):
        for _ in range(MOST_CALLS):
            if not self.running or not self.getDelayedCalls():
                return
            self.advance(max(0, self.getDelayedCalls()[0].getTime() - self.seconds()))

    def stop(self):
        self.running = False


def problem(path):
    """What broke it, or None."""
    seen = []
    reactor = twisted.internet.reactor = sys.modules["twisted.internet.reactor"] = Reactor()

    def observe(event):
        failure = event.get("log_failure")
        if failure and failure.check(*BROKEN):
            seen.append(failure.value)

    globalLogPublisher.addObserver(observe)
    try:
        exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), {"__name__": "__main__"})
    except BROKEN as error:
        seen.append(error)
    except Exception:
        pass  # an edit may well have made a script that fails
    gc.collect()  # what was left unhandled is told now
    globalLogPublisher.removeObserver(observe)
    return seen[0] if seen else None


warnings.simplefilter("ignore")
globalLogBeginner.beginLoggingTo([], redirectStandardIO=False)
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        found = problem(path)
    if found:
        print(f"{path.name}: {type(found).__name__}: {found}")
