# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to recurse without end in Python.
# Must not: end in anything but an error.
# Ends: error RecursionError
# Holds: limits
def f(n):
    return f(n + 1)


f(0)
