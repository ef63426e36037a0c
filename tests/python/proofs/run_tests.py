# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs test modules of Twisted's with trial and writes a line `OUTCOME ID` for each test.

    run_tests.py WAY FILE MODULE...
"""

from __future__ import annotations

import os
import sys

import ways

if __name__ == "__main__":
    out = open(sys.argv[2], "w", buffering=1)
    ways.enter(sys.argv[1])

from twisted.trial import reporter, runner


class LineReporter(reporter.Reporter):
    """Tells how each test came out, in the order in which they end. A test may fail, and its clean-up too."""

    def startTest(self, test):
        super().startTest(test)
        self.outcomes = []

    def stopTest(self, test):
        super().stopTest(test)
        print("+".join(self.outcomes) or "nothing", test.id(), file=out)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.outcomes.append("success")

    def addFailure(self, test, fail):
        super().addFailure(test, fail)
        self._tell("failure", test, fail)

    def addError(self, test, error):
        super().addError(test, error)
        self._tell("error", test, error)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.outcomes.append("skip")

    def addExpectedFailure(self, test, failure, todo=None):
        super().addExpectedFailure(test, failure, todo)
        self.outcomes.append("todo")

    def addUnexpectedSuccess(self, test, todo=None):
        super().addUnexpectedSuccess(test, todo)
        self.outcomes.append("unexpected")

    def _tell(self, outcome, test, why):
        """Of what is no test, the loading of a module, there is no end."""
        if hasattr(self, "outcomes"):
            self.outcomes.append(outcome)
        else:
            print(outcome, test.id(), file=out)


def main(modules: list[str]) -> None:
    suite = runner.TestLoader().loadByNames(modules, recurse=False)
    trial = runner.TrialRunner(LineReporter, workingDirectory="_trial_temp")
    trial.stream = sys.stderr
    trial.run(suite)


if __name__ == "__main__":
    main(sys.argv[3:])
    ways.leave()
    os._exit(0)
