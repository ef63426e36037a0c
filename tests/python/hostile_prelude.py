# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `canary` of the hostile scripts: tst_hostile.py has this text run before their first line.

`world` is there already: what stands outside, by names.
"""

import ctypes
import os
import sys
import types


def attempt(name, function, *arguments, refusal=PermissionError, **keywords):
    """Calls what must be refused, says how that went, and returns whether it was refused."""
    try:
        got = function(*arguments, **keywords)
    except refusal as error:
        print(f"refused {name}: {error}")
        return True
    except BaseException as error:
        print(f"WRONG {name}: {type(error).__name__}: {error}")
    else:
        print(f"SUCCEEDED {name}: {got!r}")
    return False


def raw(number, *arguments):
    """A system call by its number; addresses are given as bytes, a bytearray or an array of ctypes."""
    def argument(value):
        if isinstance(value, bytearray):
            return (ctypes.c_char * len(value)).from_buffer(value)
        return ctypes.c_long(value) if isinstance(value, int) else value

    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    result = libc.syscall(ctypes.c_long(number), *map(argument, arguments))
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


if ctypes.CDLL(None).open(world["victim"].encode(), os.O_WRONLY) >= 0:  # noqa: F821
    print("WRONG: there is no sandbox, and nothing is tried", flush=True)
    os._exit(1)
canary = types.ModuleType("canary")
canary.__dict__.update(world=world, attempt=attempt, raw=raw)  # noqa: F821
sys.modules["canary"] = canary
print("begun", flush=True)
