import sys
import time
import functools
import twisted.internet.defer
import twisted.internet.defer as defer2
from twisted.internet import defer as defer3, reactor as r
from twisted.internet.defer import (
    succeed,
    Deferred as D,
)
from functools import partial
from twisted.python import failure, log
import twisted

sys.stdout.write("written\n")
sys.stdout.flush()
print(twisted.internet.defer is defer2, defer2 is defer3, D is defer3.Deferred, twisted.internet.defer.succeed is succeed)
p = partial(print, "a", sep="-")
p("b", "c")
p(sep="+")
print(p.func is print, p.args)
add = functools.partial(lambda a, b, c=0: (a, b, c), 1, c=5)
print(add(2), add(2, c=6))
succeed(1).addCallback(partial(print, "partial"))
t = time.time()
print(t > 0, isinstance(t, float), time.time() >= t)
print(len(sys.argv))
log.msg("silent")
print(__name__)
if __name__ == "__main__":
    print("main")
try:
    sys.exit()
except SystemExit as e:
    print("exit", e.code, repr(e))
try:
    sys.exit(3)
except SystemExit as e:
    print("exit", e.code)
print("end")
sys.exit(0)
print("not reached")
