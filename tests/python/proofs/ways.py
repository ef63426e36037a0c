# SPDX-License-Identifier: GPL-3.0-or-later
"""The three ways in which a proof runs a program: with Twisted's own class, with the engine's, and recorded."""

from __future__ import annotations

import os
import sys
import tempfile

PLAIN, SWAPPED, RECORDED = WAYS = ("plain", "swapped", "recorded")
PACKAGE = "DEFERSCOPE_PACKAGE"  # in the environment: the folder that holds the package deferscope


def enter(way: str) -> None:
    """Takes this process that way, which must not have imported Twisted yet."""
    if way == PLAIN:
        return
    sys.path.insert(0, os.environ[PACKAGE])
    import deferscope

    deferscope.install()
    if way == RECORDED:
        from deferscope import _engine

        with tempfile.TemporaryFile() as file:
            _engine.start_recording(os.dup(file.fileno()), {})


def leave() -> None:
    """Ends what enter() began."""
    engine = sys.modules.get("deferscope._engine")
    if engine is not None:
        engine.stop_recording()


def environment(package: str, twisted: str | None = None) -> dict[str, str]:
    """Of a child that will enter(), which has another Twisted than the installed one in the folder twisted."""
    folders = [twisted] if twisted else []
    return {
        **os.environ,
        PACKAGE: os.path.abspath(package),
        "PYTHONPATH": os.pathsep.join(folders),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
