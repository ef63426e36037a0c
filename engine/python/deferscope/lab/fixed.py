# SPDX-License-Identifier: MIT
"""What is the same in every run although Python would make it by chance: hashes, random numbers,
addresses."""

from __future__ import annotations

import os
import random
import sys
from typing import Dict, List

SEED = 0
ADDRESSES_NOT_RANDOM = 0x0040000  # of personality(2)

_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONSAFEPATH": "1",
    "MALLOC_ARENA_MAX": "1",  # each arena of a thread would reserve 64 MB of the run's memory
    "TZ": "UTC",
}
_MARK = "DEFERSCOPE_LAB_STARTED"


def start_again_if_needed(module: str, arguments: List[str]) -> None:
    """Replaces the process by one with the same arguments in which all this is settled from the beginning."""
    if os.environ.pop(_MARK, None) is None:
        _keep_addresses()
        environment = {**os.environ, **_ENVIRONMENT, _MARK: "1"}
        command = [sys.executable, *_interpreter_options(), "-m", module, *arguments]
        os.execve(sys.executable, command, environment)
    _clean_environment()


def begin() -> None:
    """Sets the sources of chance to their beginnings."""
    random.seed(SEED)
    entropy = random.Random(SEED)
    os.urandom = random._urandom = entropy.randbytes  # type: ignore[attr-defined, assignment]


def _keep_addresses() -> None:
    """Where the system allows it: the order of a set of Deferreds hangs on their addresses."""
    import ctypes

    library = ctypes.CDLL(None)
    persona = library.personality(0xFFFFFFFF)
    if persona >= 0:
        library.personality(persona | ADDRESSES_NOT_RANDOM)


def _interpreter_options() -> List[str]:
    import subprocess

    return subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]


def _clean_environment() -> None:
    """The document sees nothing of how it was started."""
    for name in _ENVIRONMENT:
        if name != "TZ":
            os.environ.pop(name, None)
