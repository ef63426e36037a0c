# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to make sockets of every family and kind, and to reach out by those that it can make.
# Must not: reach anything.
# Ends: finished
import socket

from canary import attempt, world

for family in range(0, 46):
    for kind in [socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET]:
        attempt(f"family {family} kind {kind}", socket.socket, family, kind, 0)
attempt("create_connection", socket.create_connection, ("127.0.0.1", world["port"]), 1)
attempt("create_server", socket.create_server, ("127.0.0.1", 0))
attempt("datagram pair", socket.socketpair, socket.AF_UNIX, socket.SOCK_DGRAM)
attempt("pair of another family", socket.socketpair, socket.AF_INET)
attempt("packet pair", socket.socketpair, socket.AF_UNIX, socket.SOCK_SEQPACKET)

here, there = socket.socketpair()  # two ends of the same process
for address in [world["datagrams"], "\0" + world["abstract"], "/dev/log"]:
    attempt(f"sendto {address!r}", here.sendto, b"hello", address)
    attempt(f"sendmsg {address!r}", here.sendmsg, [b"hello"], [], 0, address)
    attempt(f"connect {address!r}", here.connect, address)
attempt("bind", here.bind, world["folder"] + "/new")
attempt("listen", here.listen)
attempt("accept", here.accept)
attempt("send a descriptor", socket.send_fds, here, [b"x"], [0])
attempt("recvmsg", here.recvmsg, 10, 100)
attempt("setsockopt", here.setsockopt, socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
try:
    attempt("by the stream", socket.socket(fileno=world["stream"]).connect, world["datagrams"])
except OSError:
    print("refused: no stream")
