# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to send signals to other processes.
# Must not: reach its parent, its group, a sibling or all.
# Ends: finished
# Machine: x86_64
import os
import signal

from canary import attempt, raw, world

parent = os.getppid()
sibling = world["sibling"]


def send(number):
    """Whether each of these signals was refused."""
    return all([
        attempt(f"kill the parent with {number}", os.kill, parent, number),
        attempt(f"kill the driver with {number}", os.kill, world["driver"], number),
        attempt(f"kill the sibling with {number}", os.kill, sibling, number),
        attempt(f"kill the group with {number}", os.kill, 0, number),
        attempt(f"kill all with {number}", os.kill, -1, number),
        attempt(f"kill the own group with {number}", os.kill, -os.getpgrp(), number),
        attempt(f"killpg with {number}", os.killpg, world["group"], number),
        attempt(f"tgkill with {number}", raw, 234, sibling, sibling, number),
        attempt(f"tkill with {number}", raw, 200, sibling, number),
    ])


if not send(0):
    raise SystemExit("The sandbox is open: real signals would reach everything.")
for number in [signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP, signal.SIGUSR1, signal.SIGHUP]:
    send(number)
attempt("kill with bits above the int", raw, 62, 1 << 40 | sibling, signal.SIGTERM)
attempt("rt_sigqueueinfo", raw, 129, sibling, signal.SIGUSR1, bytes(128))
attempt("rt_tgsigqueueinfo", raw, 297, sibling, sibling, signal.SIGUSR1, bytes(128))
attempt("pidfd_open", os.pidfd_open, sibling)
attempt("pidfd_send_signal", signal.pidfd_send_signal, 0, signal.SIGTERM)
attempt("process_madvise", raw, 440, 0, None, 0, 21, 0)
attempt("process_mrelease", raw, 448, 0, 0)
attempt("a new session", os.setsid)
attempt("a new group", os.setpgid, 0, world["group"])
signal.raise_signal(0)
os.kill(os.getpid(), 0)
