# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to have the kernel send signals: a pipe that belongs to another process.
# Must not: reach it.
# Ends: finished
# Machine: x86_64
import fcntl
import os
import signal

from canary import attempt, raw, world

reading, writing = os.pipe()
attempt("F_SETOWN", fcntl.fcntl, reading, fcntl.F_SETOWN, world["sibling"])
owner = (1).to_bytes(4, "little") + world["sibling"].to_bytes(4, "little")
attempt("F_SETOWN_EX", fcntl.fcntl, reading, 15, owner)
attempt("F_SETSIG", fcntl.fcntl, reading, fcntl.F_SETSIG, signal.SIGKILL)
attempt("FIOSETOWN", fcntl.ioctl, reading, 0x8901, world["sibling"].to_bytes(4, "little"))
attempt("O_ASYNC", fcntl.fcntl, reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
attempt("O_ASYNC with bits above the int", raw, 72, reading, fcntl.F_SETFL, 1 << 40 | os.O_ASYNC)
attempt("FIOASYNC", fcntl.ioctl, reading, 0x5452, (1).to_bytes(4, "little"))
attempt("F_NOTIFY", fcntl.fcntl, 0, fcntl.F_NOTIFY, fcntl.DN_MODIFY)
os.set_blocking(reading, False)
os.write(writing, b"now")
