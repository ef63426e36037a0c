# A process is started, and the chain may go on only once that process has created a file.
# Nothing blocks: a timer looks for the file again and again, and another one gives up.
# Process and file are played by timers here, so that the script touches nothing.

from twisted.internet import defer, reactor

files = []  # stands for the disk


def start_process(name, seconds):
    """Start a process that will create a file after some seconds."""
    print(f"{name}: the process starts")
    reactor.callLater(seconds, files.append, name)
    return defer.succeed(name)


def wait_for_file(name, timeout):
    """Return a Deferred that fires with the name when that file is there."""
    found = defer.Deferred()

    def look():
        if found.called:  # cancelled by the timeout: stop looking
            return
        if name in files:
            found.callback(name)
        else:
            reactor.callLater(0.2, look)

    look()
    return found.addTimeout(timeout, reactor)


def use(name):
    print(f"{name}: the file is there, the chain goes on")


def give_up(failure, name):
    failure.trap(defer.TimeoutError)  # any other error is not ours
    print(f"{name}: no file, giving up")


def launch(name, seconds):
    d = start_process(name, seconds)
    d.addCallback(wait_for_file, timeout=1.0)  # the chain waits here
    d.addCallbacks(use, give_up, errbackArgs=(name,))
    return d


both = defer.DeferredList([launch("quick.txt", 0.5), launch("slow.txt", 3.0)])
both.addCallback(lambda _: print("both are settled"))
both.addCallback(lambda _: reactor.stop())
reactor.run()
