# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to reach other processes by the network, by sockets without a file, and by signals.
# Must not: reach any.
# Ends: finished
# Holds: either
# Landlock: 6
import os
import signal
import socket

from canary import attempt, world


def connect(family, kind, address):
    with socket.socket(family, kind) as made:
        made.connect(address)


attempt("connect by TCP", connect, socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", world["port"]))
attempt("listen by TCP", socket.create_server, ("127.0.0.1", 0))
attempt("connect without a file", connect, socket.AF_UNIX, socket.SOCK_DGRAM, "\0" + world["abstract"])
attempt("find the sibling", os.kill, world["sibling"], 0)
attempt("end the sibling", os.kill, world["sibling"], signal.SIGTERM)
