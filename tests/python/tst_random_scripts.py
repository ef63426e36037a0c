# SPDX-License-Identifier: GPL-3.0-or-later
"""Random scripts print in the lab what they print under real Twisted: 2,000 of them, or as many as
DEFERSCOPE_SEEDS says, `first:count`.

The oracle runs them all in one process, and so leaves out what a program's end makes a suspended generator
print. A script that differs is run as a program of its own.
"""

import difflib
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import compare
import labprocess

SCRIPTS = Path(__file__).resolve().parent.parent / "oracle" / "random_scripts.py"


def as_program(text: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(text)
        file.flush()
        return printed(compare.in_reality(Path(file.name)))


def printed(written) -> str:
    """With the class of the exception that ended it, as the oracle tells it."""
    if written.exit_code == 0:
        return written.stdout
    return written.stdout + "ended with " + written.stderr.strip().rpartition("\n")[2].split(":")[0] + "\n"


class RandomScripts(unittest.TestCase):
    maxDiff = None

    def test_print_what_twisted_prints(self) -> None:
        first, count = os.environ.get("DEFERSCOPE_SEEDS", "1:2000").split(":")
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        command = [sys.executable, str(SCRIPTS), first, count]
        tried = 0
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as oracle:
            assert oracle.stdout is not None
            for line in oracle.stdout:
                script = json.loads(line)
                tried += 1
                with self.subTest(seed=script["seed"]):
                    self.check(script["text"], script["output"])
        self.assertEqual(tried, int(count))

    def check(self, text: str, output: str) -> None:
        ours = printed(labprocess.run(text))
        if ours != output:
            alone = as_program(text)
            if ours != alone:
                self.fail("\n".join(difflib.ndiff(alone.splitlines(), ours.splitlines())))


if __name__ == "__main__":
    unittest.main()
