# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: what only root may, as root or not.
# Must not: have any power over the machine.
# Ends: finished
# Holds: either
import os
import socket
import time

from canary import attempt, world

attempt("chroot", os.chroot, world["folder"])
attempt("setgroups", os.setgroups, [0])
attempt("setresuid", os.setresuid, 1, 1, 1)
attempt("nice", os.nice, -1)
attempt("sethostname", socket.sethostname, socket.gethostname())
attempt("clock_settime", time.clock_settime, time.CLOCK_REALTIME, time.time())
attempt("raw socket", socket.socket, socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
