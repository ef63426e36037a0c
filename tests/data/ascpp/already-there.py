# Sometimes the answer is there before anybody asks for it.
#
# defer.succeed(value) and defer.fail(error) make Deferreds that have fired already.
# A callback that is added to one of them runs at once, inside addCallback().

from twisted.internet import defer


def show(value):
    print("the callback got", value)
    return value


def complain(failure):
    print("the errback got", failure.type.__name__, "-", failure.getErrorMessage())
    return "a way out"  # an errback that returns a value has dealt with the error


print("before addCallback")
d = defer.succeed("value")
d.addCallback(show)
print("after addCallback: the callback has run")

# The same with an error. A Failure takes the errbacks; callbacks are passed by.
print("before addErrback")
e = defer.fail(ValueError("no such file"))
e.addCallback(show)        # passed by: there is no value
e.addErrback(complain)     # runs at once, and recovers
e.addCallback(show)        # so this one gets the errback's value
print("after addErrback")
