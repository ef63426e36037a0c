#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's own trees of the given files, a line each, in the words of tests/syntax/treetext.h."""
import ast
import json
import sys
import warnings

LEFT_OUT = {"type_comment", "kind", "ctx", "type_ignores"}
WORDS = (ast.operator, ast.unaryop, ast.cmpop, ast.boolop)


class Writer:
    def __init__(self, source):
        self.lines = source.split(b"\n")

    def write(self, node):
        if node is None:
            return "-"
        if isinstance(node, list):
            return "[" + " ".join(map(self.write, node)) + "]"
        if isinstance(node, str):
            return json.dumps(node)
        if isinstance(node, int):
            return str(node)
        if isinstance(node, ast.Constant):
            return self.constant(node)
        if isinstance(node, ast.pattern):
            return "pattern"
        if isinstance(node, WORDS):
            return type(node).__name__
        fields = [self.write(getattr(node, name)) for name in node._fields if name not in LEFT_OUT]
        return type(node).__name__ + "(" + " ".join(fields) + ")"

    def constant(self, node):
        value = node.value
        if value is Ellipsis:
            return "..."
        if value is None or isinstance(value, bool):
            return str(value)
        if isinstance(value, str):
            return json.dumps(value)
        if isinstance(value, bytes):
            return "b" + json.dumps(value.decode("latin1"))
        return self.lines[node.lineno - 1][node.col_offset : node.end_col_offset].decode()


warnings.simplefilter("ignore")
sys.setrecursionlimit(100000)
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        source = file.read()
    print(Writer(source).write(ast.parse(source)))
