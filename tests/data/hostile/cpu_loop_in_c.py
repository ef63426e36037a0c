# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to compute for ever where Python cannot interrupt it.
# Must not: go on after its CPU budget.
# Ends: budget
# In the lab: exit 3
# Holds: limits
import re

re.match(r"(a*)*b", "a" * 100)
