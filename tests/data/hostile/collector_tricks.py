# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to reach the objects of what runs it, and to have code run when they go.
# Must not: get out by that.
# Ends: finished
import gc
import sys
import weakref

from canary import attempt, world


class Late:
    def __del__(self):
        attempt("open in __del__", open, world["victim"], "w")


ring = [Late()]
ring.append(ring)
del ring
gc.collect()
gc.callbacks.append(lambda phase, info: None)
frame = sys._getframe()
while frame.f_back:
    frame = frame.f_back
print("outermost frame:", frame.f_code.co_name)
frame.f_globals.clear() if frame.f_globals is not globals() else None
for each in gc.get_objects():
    if type(each).__name__ == "FileIO":
        attempt("a file object's truncate", each.truncate, refusal=(OSError, ValueError))
late = Late()
weakref.finalize(late, attempt, "open in a finalizer", open, world["victim"], "w")
gc.set_threshold(1)
