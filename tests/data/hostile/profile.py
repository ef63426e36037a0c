# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to run code inside of everything that Python calls.
# Must not: get out by that.
# Ends: any
import sys
import threading

from canary import attempt, world


def spy(frame, event, argument):
    if event == "call":
        raise RuntimeError("not even this")
    return spy


threading.setprofile(spy)
threading.settrace(spy)
attempt("open", open, world["victim"], "w")
sys.addaudithook(lambda event, arguments: (_ for _ in ()).throw(RuntimeError("audited")))
sys.settrace(spy)
sys.setprofile(spy)
list(map(lambda: None, [1]))
