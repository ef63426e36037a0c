#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells which scripts of a folder an edit has broken: Python does not take them, or they use a name that nobody binds."""
import ast
import builtins
import pathlib
import sys


def words(tree):
    """The names that are used, and those that are bound, anywhere in the script."""
    used, bound = set(), set(dir(builtins)) | {"__name__"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)):
            bound.add(node.name)
    return used, bound


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    text = path.read_text(encoding="utf-8")
    try:
        compile(text, path.name, "exec")
    except SyntaxError as error:
        print(f"{path.name}: {error}")
        continue
    used, bound = words(ast.parse(text))
    if used - bound:
        print(f"{path.name}: nobody binds {sorted(used - bound)}")
