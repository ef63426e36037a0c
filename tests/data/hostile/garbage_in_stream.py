# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to write garbage into its own stream.
# Must not: harm who reads it.
# Ends: finished
# Holds: limits
import os
import random

from canary import world

try:
    for size in [1, 3, 100, 5000]:
        os.write(world["stream"], random.randbytes(size))
        os.write(world["stream"], b"\xff" * size)
        os.write(world["stream"], b"\0" * size)
except OSError as error:
    print("no stream:", error)
