# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to use its input and output as sockets.
# Must not: reach anything by them.
# Ends: finished
import os
import socket

from canary import attempt, world

for descriptor in [0, 1, 2, world["stream"]]:
    try:
        kept = socket.socket(fileno=os.dup(descriptor))
    except OSError:
        continue
    attempt(f"connect {descriptor}", kept.connect, world["datagrams"])
    attempt(f"sendto {descriptor}", kept.sendto, b"hello", world["datagrams"])
    attempt(f"pass a descriptor by {descriptor}", socket.send_fds, kept, [b"x"], [0])
    attempt(f"take a descriptor by {descriptor}", socket.recv_fds, kept, 10, 1, socket.MSG_DONTWAIT)
    kept.detach()
