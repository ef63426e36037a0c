# SPDX-License-Identifier: MIT
"""The end of a program as CPython's: threads, functions for the exit, then what the program has made goes.

That prints: errors that nobody handled come to light, `__del__` runs. The interpreter itself would take apart
every module that was ever loaded, which takes longer than most runs. Twisted's own modules it does not get
at.
"""

from __future__ import annotations

import atexit
import gc
import sys
import threading
from typing import Set

import twisted.internet


def wait_for_threads() -> None:
    """For those that are no daemons."""
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            thread.join()


def call_exit_functions() -> None:
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()


def destroy_program(modules_before: Set[str]) -> None:
    """Lets go of the document's module, of those that it imported, and of the reactor. Nobody else must hold
    them.

    What was there before the run should have been frozen, so that it is not looked through.
    """
    for name in set(sys.modules) - modules_before | {"__main__", "twisted.internet.reactor"}:
        sys.modules.pop(name, None)
    vars(twisted.internet).pop("reactor", None)
    gc.collect()
