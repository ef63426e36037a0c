# Twisted on asyncio's event loop: each waits for the other.
import asyncio

from twisted.internet import asyncioreactor

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
asyncioreactor.install(loop)

from twisted.internet import defer, reactor, task


async def nap(seconds):
    await asyncio.sleep(seconds)
    return f"slept {seconds}"


def napping(seconds):
    return defer.Deferred.fromFuture(loop.create_task(nap(seconds)))


async def main():
    print(await napping(0.2))
    print(await task.deferLater(reactor, 0.1, lambda: "later"))
    print(await defer.gatherResults([napping(0.3), napping(0.1)]))


async def wrapped():
    return await task.deferLater(reactor, 0.15, lambda: "in asyncio").asFuture(loop)


def start():
    d = defer.ensureDeferred(main())
    d.addErrback(lambda f: print(f.getErrorMessage()))
    d.addBoth(lambda _: reactor.stop())
    loop.create_task(wrapped()).add_done_callback(lambda future: print(future.result()))


reactor.callWhenRunning(start)
reactor.callLater(0.25, print, "a timer of Twisted's")
reactor.run()
