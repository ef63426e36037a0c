# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to print for ever.
# Must not: fill the memory or the disk of who reads it.
# Ends: stopped
# Holds: limits
while True:
    print("flood " * 1000)
