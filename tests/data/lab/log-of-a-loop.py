# A log on stdout, of a loop whose third round fails.
import sys

from twisted.internet import reactor, task
from twisted.python import log

log.startLogging(sys.stdout)
log.msg("hello")
rounds = 0


def tick():
    global rounds
    rounds += 1
    log.msg("tick", rounds)
    if rounds == 3:
        raise RuntimeError("three")


task.LoopingCall(tick).start(1.0).addErrback(log.err)
reactor.callLater(5, reactor.stop)
print("printed")
reactor.run()
