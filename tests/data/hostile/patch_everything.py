# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to replace the functions of what runs it, and of Twisted.
# Must not: get out by that.
# Ends: any
import builtins
import sys

from canary import attempt, world


def nothing(*arguments, **keywords):
    return None


for module in list(sys.modules.values()):
    name = getattr(module, "__name__", "")
    if name.startswith(("deferscope", "twisted.internet", "sandboxprobe", "hostile")):
        for key in dir(module):
            if not key.startswith("__"):
                try:
                    setattr(module, key, nothing)
                except Exception:
                    pass
attempt("open", open, world["victim"], "w")
builtins.open = builtins.__import__ = builtins.print = nothing
sys.modules.clear()
