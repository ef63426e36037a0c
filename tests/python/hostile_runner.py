# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one script in the sandbox and nothing else of the lab.

    hostile_runner.py MODULES STREAM SCRIPT [CIRCUMSTANCES]

MODULES is the folder of sandboxprobe, STREAM a descriptor that the script keeps. Circumstances are words: "landlock",
"seccomp" or "both" for a kernel that has it not, "required" for a runner that then gives up, "thread" for one that has
a second thread already, "silent" for one that keeps the stream alone.
"""

import ctypes
import errno
import os
import sys
import threading

CALLS = {
    "landlock": [("landlock_create_ruleset", None)],
    "seccomp": [("seccomp", None), ("prctl", 22)],  # PR_SET_SECCOMP
}
CALLS["both"] = CALLS["landlock"] + CALLS["seccomp"]
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.ENOSYS


class Condition(ctypes.Structure):
    """Of libseccomp: an argument that is equal to a value."""

    _fields_ = [("argument", ctypes.c_uint), ("comparison", ctypes.c_int), ("value", ctypes.c_uint64),
                ("more", ctypes.c_uint64)]


def take_away(lacking: str) -> None:
    """Refuses the system calls that the layer is made with."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    rules = ctypes.c_void_p(library.seccomp_init(ALLOW))
    for name, first in CALLS[lacking]:
        number = library.seccomp_syscall_resolve_name(name.encode())
        conditions = [Condition(0, 4, first, 0)] if first else []
        array = (Condition * len(conditions))(*conditions)
        assert library.seccomp_rule_add_array(rules, REFUSE, number, len(conditions), array) == 0
    assert library.seccomp_load(rules) == 0


def try_from_outside(is_entered: threading.Event, script: str) -> None:
    """What a thread can do that was there before: it reads, which Landlock cannot take from it, and writes nothing."""
    is_entered.wait()
    for mode in ["r", "r+"]:
        try:
            open(script, mode).close()
            print("the other thread:", mode)
        except PermissionError:
            print("the other thread: not", mode)


def enter(sandboxprobe, kept: list[int], is_required: bool) -> list[str]:
    """What is missing; the same before and after."""
    foreseen = sandboxprobe.sandbox_missing()
    try:
        missing = sandboxprobe.sandbox([sys.prefix, sys.base_prefix], kept,
                                       {"HOME": "/nonexistent", "LANG": "C.UTF-8"},
                                       memory=512 << 20, cpu=1, require=is_required)
    except OSError:
        os.close(os.open(sys.argv[3], os.O_RDWR))
        print("still open")
        raise
    assert missing == foreseen, (missing, foreseen)
    return missing


def main(modules: str, stream: str, script: str, circumstances: str = "") -> None:
    is_entered = threading.Event()
    outside = threading.Thread(target=try_from_outside, args=(is_entered, script))
    if "thread" in circumstances:
        outside.start()
    for each in {"landlock", "seccomp", "both"} & set(circumstances.split()):
        take_away(each)
    sys.path.insert(0, modules)
    import sandboxprobe

    with open(script, encoding="utf-8") as file:
        text = file.read()
    kept = [int(stream)] if "silent" in circumstances else [0, 1, 2, int(stream)]
    ctypes.CDLL(None).setenv(b"CANARY_OF_C", b"which os.environ knows nothing of", 1)
    for each in enter(sandboxprobe, kept, not circumstances or "required" in circumstances):
        print("missing:", each)
    if "thread" in circumstances:
        is_entered.set()
        outside.join()
    del sys.argv[1:], sys.path[0]
    exec(compile(text, script, "exec"), {"__name__": "__main__", "__file__": script})


main(*sys.argv[1:])
