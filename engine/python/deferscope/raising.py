# SPDX-License-Identifier: MIT
"""The frame in which Twisted's drain turns what a callback raised into a Failure.

The engine's drain is no Python function and leaves no frame; a traceback would lack a line that Twisted's own has.
So what was raised is raised once more, inside a function that bears the name, the file and the line of the installed
Twisted's, and the Failure is made there.
"""

from __future__ import annotations

import ast
import dis
from types import CodeType, FunctionType
from typing import Any, Callable

from deferscope import places


def _place_of_call(drain: CodeType) -> places.Span:
    """Where the installed drain calls a callback: its one call with arguments that are not counted."""
    for step in dis.get_instructions(drain):
        if step.opname == "CALL_FUNCTION_EX":
            return places.span_of(drain, step.offset)
    return places.span_of(drain, 0)


def failure_of_raised(
    drain: FunctionType, module: dict[str, Any], reraise: Callable[[], None]
) -> Callable[[Any], Any]:
    """A function of a Deferred that gives the Failure of what the engine re-raises."""
    tree = ast.parse(
        "def _runCallbacks(self):\n"
        "    current = self\n"
        "    try:\n"
        "        reraise()\n"
        "    except BaseException:\n"
        "        return Failure(captureVars=self.debug)\n"
    )
    line, end_line, column, end_column = _place_of_call(drain.__code__)
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            node.lineno, node.end_lineno = line, end_line
            node.col_offset, node.end_col_offset = column or 0, end_column or 0
    code = compile(tree, drain.__code__.co_filename, "exec")
    names = {"Failure": module["Failure"], "reraise": reraise, "__name__": module["__name__"]}
    exec(code, names)
    return names["_runCallbacks"]
