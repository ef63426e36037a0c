# SPDX-License-Identifier: MIT
"""Where an instruction of a code object stands in its source, and what the statement there binds.

Asked once for each place that a recording tells.
"""

from __future__ import annotations

import dis
import importlib.util
import linecache
import os
from itertools import islice
from types import CodeType
from typing import Optional, Tuple

# File, line, column, end line, end column, function, binding; lines and columns from 1 in characters, 0: unknown.
Place = Tuple[str, int, int, int, int, str, str]
# Line, end line, column, end column; columns from 0 in bytes of UTF-8, None: unknown.
Span = Tuple[int, int, Optional[int], Optional[int]]

_STORES = {"STORE_NAME", "STORE_FAST", "STORE_GLOBAL", "STORE_DEREF"}
_LOADS = {"LOAD_NAME", "LOAD_FAST", "LOAD_GLOBAL", "LOAD_DEREF"}
_NOTHING = {"CACHE", "NOP", "RESUME", "EXTENDED_ARG", "PRECALL"}


def machinery() -> tuple[str, ...]:
    """The folders whose frames a place passes over: Twisted's own and this package."""
    found = [os.path.dirname(os.path.abspath(__file__)) + os.sep]
    spec = importlib.util.find_spec("twisted")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        found.append(os.path.abspath(folder) + os.sep)
    return tuple(found)


def place_of(code: CodeType, instruction: int) -> Place:
    """The place of the instruction at that offset in bytes; of the code's first line for -1."""
    function = "" if code.co_name == "<module>" else getattr(code, "co_qualname", code.co_name)
    if instruction < 0:
        return (code.co_filename, code.co_firstlineno, 0, 0, 0, function, "")
    line, end_line, column, end_column = span_of(code, instruction)
    return (
        code.co_filename,
        line,
        _in_characters(code.co_filename, line, column),
        end_line,
        _in_characters(code.co_filename, end_line, end_column),
        function,
        _binding(code, instruction),
    )


def span_of(code: CodeType, instruction: int) -> Span:
    """What of the source the instruction at that offset stands for, as the compiler's tables have it."""
    if hasattr(code, "co_positions"):
        line, end_line, column, end_column = next(
            islice(code.co_positions(), instruction // 2, None), (None, None, None, None)
        )
        if line is not None:
            return line, end_line or line, column, end_column
    line = code.co_firstlineno
    for start, starts_line in dis.findlinestarts(code):
        if start > instruction:
            break
        line = starts_line or line
    return line, line, None, None


def _in_characters(file: str, line: int, column: int | None) -> int:
    """A column from 1 in characters, of one from 0 in bytes of UTF-8."""
    if column is None:
        return 0
    text = linecache.getline(file, line)
    if not text or text.isascii():
        return column + 1
    return len(text.encode()[:column].decode(errors="replace")) + 1


def _binding(code: CodeType, instruction: int) -> str:
    """What the statement binds to the result of the call there: `d`, `self.ready`, or nothing.

    Follows the instructions until that result, or what further calls make of it, is stored or used up.
    """
    following = (step for step in dis.get_instructions(code) if step.offset > instruction)
    depth = 1  # how many values are on the stack from that result on
    loaded = ""
    for step in following:
        name = step.opname
        if name in _NOTHING:
            continue
        if depth == 1 and name in _STORES:
            return str(step.argval)
        if depth == 2 and name == "STORE_ATTR" and loaded:
            return f"{loaded}.{step.argval}"
        if step.opcode in dis.hasjrel or step.opcode in dis.hasjabs:
            return ""
        loaded = str(step.argval) if depth == 1 and name in _LOADS else ""
        try:
            depth += dis.stack_effect(step.opcode, step.arg if step.opcode >= dis.HAVE_ARGUMENT else None)
        except ValueError:
            return ""
        if depth < 1:
            return ""
    return ""
