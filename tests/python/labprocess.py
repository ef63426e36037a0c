# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs texts in the lab, each in a forked child, as the warm process does, but with stdout and stderr as they
are.

To be imported before Twisted: which `deferscope` is tried is the environment's PYTHONPATH.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from typing import Any, Dict, List, Optional

from deferscope.lab import prepare  # noqa: F401  (first of all)
from deferscope.lab import favourites  # noqa: F401
from deferscope.lab.budget import Budget
from deferscope.lab.run import Request, Run, freeze


@dataclass
class Written:
    stdout: str
    stderr: str
    exit_code: int  # negative: ended by a signal
    recording: bytes = b""


def run(text: str, file: str = "script.py", budget: Optional[Dict[str, Any]] = None, records: bool = False,
        **request: Any) -> Written:
    """What the document writes and how it ends; with the bytes of its recording, if it `records`."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as recorded:
        child = os.fork()
        if child == 0:
            _become(text, file, budget, [out, err, recorded] if records else [out, err], request)
        _, status = os.waitpid(child, 0)
        stdout, stderr, recording = map(_contents, (out, err, recorded))
    exit_code = os.waitstatus_to_exitcode(status)
    return Written(stdout.decode(errors="replace"), stderr.decode(errors="replace"), exit_code, recording)


def _become(text: str, file: str, budget: Optional[Dict[str, Any]], files: List[Any], request: Dict[str, Any]) -> None:
    try:
        for descriptor, output in enumerate(files, 1):
            os.dup2(output.fileno(), descriptor if descriptor < 3 else output.fileno())
        argv = request.pop("argv", [file])
        asked = Request(text, file, argv, budget=Budget().updated(budget or {}), **request)
        Run(asked, recording=files[2].fileno() if len(files) > 2 else -1).run()
    finally:
        os._exit(99)


def _contents(file: Any) -> bytes:
    file.seek(0)
    return file.read()


freeze()
