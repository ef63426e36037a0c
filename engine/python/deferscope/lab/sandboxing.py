# SPDX-License-Identifier: MIT
"""The way into the sandbox, before a document's text is looked at."""

from __future__ import annotations

from typing import Any, Dict

from deferscope import _engine


def enter_sandbox(options: Dict[str, Any]) -> bool:
    """Gives up what a document must not have. Whether the system has a sandbox."""
    enter = getattr(_engine, "sandbox", None)
    return enter is not None and bool(enter(options))
