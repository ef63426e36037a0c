# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to change its priority and that of others.
# Must not: change any.
# Ends: finished
# Machine: x86_64
import os

from canary import attempt, raw, world

attempt("nice", os.nice, 5)
for who in [0, world["sibling"], os.getppid()]:
    attempt(f"setpriority {who}", os.setpriority, os.PRIO_PROCESS, who, 10)
    attempt(f"sched_setscheduler {who}", os.sched_setscheduler, who, os.SCHED_BATCH, os.sched_param(0))
    attempt(f"ioprio_set {who}", raw, 251, 1, who, 3 << 13)
attempt("all of the person", os.setpriority, os.PRIO_USER, os.getuid(), 10)
attempt("the group", os.setpriority, os.PRIO_PGRP, 0, 10)
attempt("migrate_pages", raw, 256, world["sibling"], 0, None, None)
attempt("move_pages", raw, 279, world["sibling"], 0, None, None, None, 0)
