# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to become somebody else, and to get capabilities.
# Must not: change who it is.
# Ends: finished
# Machine: x86_64
import os

from canary import attempt, raw

for name, arguments in [("setuid", (0,)), ("setgid", (0,)), ("seteuid", (0,)), ("setegid", (0,)),
                        ("setreuid", (0, 0)), ("setregid", (0, 0)), ("setresuid", (0, 0, 0)),
                        ("setresgid", (0, 0, 0)), ("setgroups", ([0],)), ("initgroups", ("root", 0))]:
    attempt(name, getattr(os, name), *arguments)
header = (0x20080522).to_bytes(4, "little") + bytes(4)
attempt("capset", raw, 126, header, b"\xff" * 24)
attempt("setfsuid", raw, 122, 0)
attempt("settimeofday", raw, 164, None, None)
attempt("clock_settime", raw, 227, 0, (1 << 62).to_bytes(8, "little") * 2)
attempt("adjtimex", raw, 159, bytearray(208))
attempt("sethostname", raw, 170, b"other", 5)
attempt("vhangup", raw, 153)
attempt("syslog", raw, 103, 3, bytearray(100), 100)
