# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to find a secret of the environment that the program was started with.
# Must not: find it.
# Ends: finished
import ctypes
import gc
import os

from canary import world

secret = world["backward"][::-1].encode()
libc = ctypes.CDLL(None)


def check(where, found):
    print("SUCCEEDED" if found else "refused", where)


check("os.environ", secret.decode() in str(os.environ))
libc.getenv.restype = ctypes.c_char_p
check("getenv", libc.getenv(b"CANARY") or libc.getenv(b"CANARY_OF_C"))
check("dicts", any(secret in key or (isinstance(value, bytes) and secret in value)
                   for each in gc.get_objects() if type(each) is dict
                   for key, value in each.items() if isinstance(key, bytes)))

# Above the names of the program and its arguments lies the environment, and above that the program's path.
program = ctypes.c_void_p.in_dll(libc, "program_invocation_name").value
libc.getauxval.restype = ctypes.c_void_p
path = libc.getauxval(31)
check("the stack's upper end", secret in ctypes.string_at(program, path - program))
