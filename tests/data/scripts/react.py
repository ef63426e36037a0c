# A main function that task.react() runs.
from twisted.internet import defer, task
@defer.inlineCallbacks
def main(reactor):
    print("start")
    yield task.deferLater(reactor, 0.01, lambda: None)
    print("end")
task.react(main)
