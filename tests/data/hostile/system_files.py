# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to open what the kernel shows as files for writing.
# Must not: open any of it.
# Ends: finished
# Holds: either
import os

from canary import attempt, world

paths = [
    "/proc/self/mem", "/proc/self/oom_score_adj", "/proc/self/comm", "/proc/self/clear_refs",
    f"/proc/{os.getppid()}/mem", f"/proc/{os.getppid()}/oom_score_adj", f"/proc/{world['sibling']}/mem",
    "/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/sys/power/state", "/sys/kernel/mm/ksm/run",
    "/dev/kmsg", "/dev/tty", "/dev/null", "/dev/mem",
    "/etc/passwd", "/etc/ld.so.cache", os.__file__,
]
for path in filter(os.path.exists, paths):
    attempt(path, open, path, "r+b", buffering=0)
