# SPDX-License-Identifier: MIT
"""Python imports this at its start when the package's folder is on its path: where DEFERSCOPE_RECORD names a file,
the program is recorded into it. Then it is the turn of the sitecustomize that would have been imported without."""

import importlib.machinery
import importlib.util
import os
import sys

if os.environ.get("DEFERSCOPE_RECORD"):
    try:
        from deferscope import record

        record.start_from_environment()
    except Exception as problem:  # whatever is wrong, the program runs on
        print(f"deferscope: this program is not recorded: {problem}", file=sys.stderr)


def _go_on() -> None:
    own = os.path.dirname(os.path.abspath(__file__))
    others = [folder for folder in sys.path if os.path.abspath(folder) != own]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


_go_on()
