# What is printed by a program that react() ends with an error.
import atexit
import logging
import warnings

from twisted.internet import task

atexit.register(print, "at exit")
warnings.warn("careful")
logging.warning("number %s", 1)


class Dies:
    def __del__(self):
        raise ValueError("while it goes")


Dies()


def main(reactor, *arguments):
    print(arguments)
    d = task.deferLater(reactor, 1, lambda: 3)
    d.addCallback(lambda value: value / 0)
    return d


task.react(main, ("x", "y"))
