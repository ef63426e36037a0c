# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to take all memory, in small pieces.
# Must not: get more than its limit.
# Ends: error MemoryError
# In the lab: any
# Holds: limits
import gc

gc.disable()
ring = []
for _ in range(5_000_000):
    ring = [ring, bytes(400)]
print("SUCCEEDED: 2 GB")
