# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to listen and to connect with the reactor that Twisted has for this system.
# Must not: listen or connect.
# Ends: finished
from canary import attempt, world

from twisted.internet import epollreactor, error, protocol

reactor = epollreactor.EPollReactor()
factory = protocol.ServerFactory()
attempt("listenTCP", reactor.listenTCP, 0, factory, refusal=(error.CannotListenError, PermissionError))
attempt("listenUDP", reactor.listenUDP, 0, protocol.DatagramProtocol(),
        refusal=(error.CannotListenError, PermissionError))
attempt("listenUNIX", reactor.listenUNIX, world["folder"] + "/new", factory,
        refusal=(error.CannotListenError, PermissionError))
attempt("spawnProcess", reactor.spawnProcess, protocol.ProcessProtocol(), "/bin/true", ["true"])
connector = reactor.connectTCP("127.0.0.1", world["port"], protocol.ClientFactory(), timeout=1)
reactor.iterate(0.01)
print("refused" if connector.state == "disconnected" else f"SUCCEEDED: {connector.state}", "connectTCP")
