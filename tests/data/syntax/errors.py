#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Python says about the snippets of errors.txt: writes the table anew, or with --check tells whether it is current.

A snippet is followed by `--- line:column message`, or by `--- fine` when Python takes it.
"""
import pathlib
import sys
import warnings

TABLE = pathlib.Path(__file__).with_name("errors.txt")


def verdict(snippet):
    try:
        compile(snippet, "snippet.py", "exec")
    except SyntaxError as error:
        return f"--- {error.lineno}:{error.offset} {error.msg}"
    return "--- fine"


def current(lines):
    snippet = []
    for line in lines:
        if line.startswith("#=="):
            yield line
        elif line.startswith("--- "):
            yield verdict("".join(one + "\n" for one in snippet))
            snippet = []
        else:
            yield line
            snippet.append(line)


warnings.simplefilter("ignore")
old = TABLE.read_text(encoding="utf-8")
new = "".join(line + "\n" for line in current(old.splitlines()))
if "--check" not in sys.argv:
    TABLE.write_text(new, encoding="utf-8")
elif new != old:
    sys.exit("errors.txt is not what this Python says: run errors.py")
