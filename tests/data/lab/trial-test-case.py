# trial's TestCase under unittest: tests that return Deferreds.
import unittest

from twisted.internet import defer, reactor, task
from twisted.trial import unittest as trial


class Tests(trial.TestCase):
    def test_later(self):
        return task.deferLater(reactor, 0.5, self.assertEqual, 1, 1)

    @defer.inlineCallbacks
    def test_wrong(self):
        yield task.deferLater(reactor, 0.1, lambda: None)
        self.assertEqual(1, 2)

    def test_error(self):
        return defer.fail(ValueError("wrong"))


unittest.main()
