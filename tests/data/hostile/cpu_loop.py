# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to compute for ever.
# Must not: go on after its CPU budget.
# Ends: budget
# In the lab: exit 3
# Holds: limits
while True:
    pass
