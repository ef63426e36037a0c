# SPDX-License-Identifier: GPL-3.0-or-later
"""The three ways in which a proof runs a program: with Twisted's own class, with the engine's, and recorded."""

from __future__ import annotations

import os
import sys
import tempfile

PLAIN, SWAPPED, RECORDED = WAYS = ("plain", "swapped", "recorded")
PACKAGE = "DEFERSCOPE_PACKAGE"  # in the environment: the folder that holds the package deferscope


def enter(way: str, file: str | None = None) -> None:
    """Takes this process that way, which must not have imported Twisted yet; what is recorded goes into the file, or
    into one in the folder for such files."""
    if way == PLAIN:
        return
    sys.path.insert(0, os.environ[PACKAGE])
    if way == SWAPPED:
        import deferscope

        deferscope.install()
    else:
        from deferscope import record

        record.start(file or os.path.join(tempfile.gettempdir(), "proof.dscope"))


def leave() -> None:
    """Ends what enter() began, where Python is not going to end by itself."""
    engine = sys.modules.get("deferscope._engine")
    if engine is not None:
        engine.stop_recording()


def environment(package: str, twisted: str | None = None) -> dict[str, str]:
    """Of a child that will enter(), which has another Twisted than the installed one in the folder twisted."""
    return {
        **os.environ,
        PACKAGE: os.path.abspath(package),
        "PYTHONPATH": twisted or "",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
