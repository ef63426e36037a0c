# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to recurse without end where Python does not count.
# Must not: take more than the process.
# Ends: signal SIGSEGV
# Holds: limits
import ctypes
import sys

sys.setrecursionlimit(1 << 30)
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)


@Callback
def again(n):
    return again(n + 1)


again(0)
