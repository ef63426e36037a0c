# SPDX-License-Identifier: GPL-3.0-or-later
"""Random scripts print in the lab what they print under real Twisted: 2,000 of them, or as many as DEFERSCOPE_SEEDS
says, `first:count`."""

import difflib
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

import labprocess

SCRIPTS = Path(__file__).resolve().parent.parent / "oracle" / "random_scripts.py"


def printed(written: labprocess.Written) -> str:
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
                    ours = printed(labprocess.run(script["text"]))
                    if ours != script["output"]:
                        self.fail("\n".join(difflib.ndiff(script["output"].splitlines(), ours.splitlines())))
        self.assertEqual(tried, int(count))


if __name__ == "__main__":
    unittest.main()
