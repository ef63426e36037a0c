# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to replace, close and break its own output.
# Must not: harm who reads it.
# Ends: finished
# Holds: limits
import io
import sys


class Liar(io.TextIOBase):
    def write(self, text):
        return -5

    def flush(self):
        raise OSError("no")


sys.stdout.buffer.write(b"\xff\xfe\0 not a text \x1b[31m\r\n")
sys.stdout.flush()
kept = sys.stdout
sys.stdout = Liar()
print("into nothing")
sys.stdout = None
print("into None")
sys.stdout = sys.__stdout__ = kept
sys.excepthook = None
sys.displayhook = None
