#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the calls in the given files are, as Python tells a program that runs: `line column endLine endColumn` a line.

Lines and columns count characters from 1. Behind each file stands an empty line.
"""
import dis
import sys
import types


def calls(code):
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("CALL", "CALL_FUNCTION_EX"):
            yield instruction.positions
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from calls(constant)


def character(lines, line, offset):
    return len(lines[line - 1][:offset].decode()) + 1


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        source = file.read()
    lines = source.split(b"\n")
    for place in calls(compile(source, path, "exec")):
        begin = character(lines, place.lineno, place.col_offset)
        end = character(lines, place.end_lineno, place.end_col_offset)
        print(place.lineno, begin, place.end_lineno, end)
    print()
