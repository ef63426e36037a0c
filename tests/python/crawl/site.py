# SPDX-License-Identifier: GPL-3.0-or-later
"""A web site on loopback that makes up its pages: `site.py PAGES` prints its port and serves until its input ends."""

from __future__ import annotations

import sys

from twisted.internet import endpoints, reactor, stdio, task
from twisted.internet.protocol import Protocol
from twisted.web import resource, server

ADDRESS = "127.0.0.1"


class Pages(resource.Resource):
    """Page n leads to three others; some are late, some have moved, and one link of fifty leads nowhere."""

    isLeaf = True

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def render_GET(self, request):
        kind, _, number = request.path.strip(b"/").decode().rpartition("/")
        if kind == "moved":
            request.redirect(f"/page/{number}".encode())
            return b""
        if kind != "page" or not number.isdigit() or int(number) >= self.count:
            request.setResponseCode(404)
            return b"There is no such page."
        page = self.page(int(number))
        if int(number) % 10 != 3:
            return page
        late = task.deferLater(reactor, 0.01, request.write, page)
        late.addCallback(lambda _: request.finish())
        late.addErrback(lambda failure: None)  # who asked has gone
        return server.NOT_DONE_YET

    def page(self, number: int) -> bytes:
        links = [number * 3 + n for n in (1, 2, 3) if number * 3 + n < self.count]
        lines = [f"<a href='/{'moved' if link % 7 == 0 else 'page'}/{link}'>{link}</a>" for link in links]
        if number % 50 == 0:
            lines.append(f"<a href='/nowhere/{number}'>nowhere</a>")
        return f"<html><h1>Page {number}</h1><p>{'word ' * (number % 200)}</p>{''.join(lines)}</html>".encode()


class UntilTheEnd(Protocol):
    def connectionLost(self, reason) -> None:
        reactor.stop()


def main() -> None:
    listening = endpoints.serverFromString(reactor, f"tcp:0:interface={ADDRESS}").listen(
        server.Site(Pages(int(sys.argv[1])))
    )
    listening.addCallback(lambda port: print(port.getHost().port, flush=True))
    stdio.StandardIO(UntilTheEnd())
    reactor.run()


if __name__ == "__main__":
    main()
