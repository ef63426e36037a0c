# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to be told what others do with their files.
# Must not: be told.
# Ends: finished
# Machine: x86_64
import ctypes
import os

from canary import attempt, raw, world

libc = ctypes.CDLL(None, use_errno=True)


def of_libc(function, *arguments):
    if function(*arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


attempt("inotify_init", of_libc, libc.inotify_init)
attempt("inotify_init1", of_libc, libc.inotify_init1, 0)
attempt("inotify_add_watch", of_libc, libc.inotify_add_watch, 3, world["home"].encode(), 0xFFF)
attempt("name_to_handle_at", raw, 303, -100, b"/\0", bytes(64), bytes(8), 0)
attempt("lookup_dcookie", raw, 212, 0, bytearray(10), 10)
attempt("get_robust_list", raw, 274, world["sibling"], bytearray(8), bytearray(8))
