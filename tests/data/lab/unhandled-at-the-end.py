# What comes to light only when the module goes.
from twisted.internet import defer

d = defer.Deferred()
d.addCallback(lambda _: 1 / 0)
d.callback(1)


class Loud:
    def __del__(self):
        print("gone")


loud = Loud()


def holds():
    return d, loud


print("end")
