# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to fork without end.
# Must not: fork once.
# Ends: finished
import os

from canary import attempt

for _ in range(200):
    try:
        if os.fork() == 0:
            os._exit(0)
        print("SUCCEEDED")
        break
    except PermissionError:
        pass
attempt("fork once more", os.fork)
