# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to raise its own limits, and to change those of others.
# Must not: change any.
# Ends: finished
# Machine: x86_64
import os
import resource

from canary import attempt, raw, world

for name in ["RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE", "RLIMIT_NPROC"]:
    number = getattr(resource, name)
    attempt(f"raise {name}", resource.setrlimit, number, (resource.RLIM_INFINITY, resource.RLIM_INFINITY),
            refusal=(ValueError, PermissionError))
    attempt(f"lift {name}", resource.setrlimit, number, resource.getrlimit(number)[1:] * 2,
            refusal=(ValueError, PermissionError))
    attempt(f"lower {name} of the sibling", resource.prlimit, world["sibling"], number, (0, 0))
attempt("setrlimit by number", raw, 160, resource.RLIMIT_CORE, b"\xff" * 16)
attempt("oom_score_adj", open, "/proc/self/oom_score_adj", "w")
attempt("affinity of the sibling", os.sched_setaffinity, world["sibling"], [0])
attempt("own affinity", os.sched_setaffinity, 0, [0])
