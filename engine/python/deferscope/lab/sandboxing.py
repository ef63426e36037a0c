# SPDX-License-Identifier: MIT
"""The way into the sandbox, before a document's text is looked at."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import List

import deferscope
from deferscope import _engine

CPU_SECONDS = 3600
ENVIRONMENT = {"HOME": "/nonexistent", "LANG": "C.UTF-8", "TZ": "UTC"}


@dataclass
class SandboxOptions:
    """What the process keeps."""

    descriptors: List[int] = field(default_factory=list)
    read: List[str] = field(default_factory=list)  # folders, beside those of Python


def enter_sandbox(options: SandboxOptions) -> List[str]:
    """Gives up what a document must not have, for good. What is missing of that here, each as half a sentence.

    To be called while there is one thread. The limits of memory and CPU are the run's own; that of CPU here is for
    one that ignores the signals by which the run watches itself.
    """
    enter = getattr(_engine, "sandbox", None)
    if enter is None:
        return ["this build has no sandbox"]
    return enter([*FOLDERS, *options.read], options.descriptors, ENVIRONMENT, memory=0, cpu=CPU_SECONDS)


def python_folders() -> List[str]:
    """Where modules come from: Python, what is installed, and this package."""
    package = [os.path.abspath(folder) for folder in deferscope.__path__]
    return [folder for folder in [*sys.path, *package] if os.path.isabs(folder) and os.path.exists(folder)]


FOLDERS = python_folders()  # now: a document's own folder, which may be a home, comes onto the path later
