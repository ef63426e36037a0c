# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to write to descriptors that it was not given.
# Must not: have any but its own three and its stream.
# Ends: finished
import os

from canary import world

for descriptor in range(3, 5000):
    if descriptor != world["stream"]:
        try:
            os.fstat(descriptor)
            print("SUCCEEDED", descriptor, os.readlink(f"/proc/self/fd/{descriptor}"))
            os.write(descriptor, b"changed")
        except OSError:
            pass
print("refused: nothing is open")
