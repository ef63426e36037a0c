# What only the reactor holds goes with it.
from twisted.internet import defer, reactor


class Loud:
    def __del__(self):
        print("gone")


def holds(d=defer.fail(ValueError("held")), loud=Loud()):
    return d, loud


reactor.callLater(3, holds)
del holds
print("end")
