# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to undo the sandbox by the calls that made it.
# Must not: be let out.
# Ends: finished
# Machine: x86_64
from canary import attempt, raw, world

attempt("PR_SET_NO_NEW_PRIVS", raw, 157, 38, 0, 0, 0, 0)
attempt("PR_SET_SECCOMP", raw, 157, 22, 0, 0, 0, 0)
attempt("PR_SET_PDEATHSIG", raw, 157, 1, 0, 0, 0, 0)
attempt("PR_SET_DUMPABLE", raw, 157, 4, 1, 0, 0, 0)
attempt("PR_SET_PTRACER", raw, 157, 0x59616D61, -1, 0, 0, 0)
attempt("PR_SET_SECUREBITS", raw, 157, 28, 0, 0, 0, 0)
attempt("PR_SET_CHILD_SUBREAPER", raw, 157, 36, 1, 0, 0, 0)
attempt("PR_SET_MM", raw, 157, 35, 1, 0, 0, 0)
attempt("PR_SET_MDWE", raw, 157, 65, 1, 0, 0, 0)
attempt("prctl with bits above the int", raw, 157, 1 << 40 | 4, 1, 0, 0, 0)
attempt("seccomp", raw, 317, 1, 0, bytes(16))
attempt("seccomp with a listener", raw, 317, 1, 8, bytes(16))
attempt("landlock_create_ruleset", raw, 444, (1).to_bytes(8, "little"), 8, 0)
attempt("landlock_restrict_self", raw, 446, 0, 0)
attempt("arch_prctl", raw, 158, 0x1002, 0)
attempt("personality", raw, 135, 0x0040000)
attempt("modify_ldt", raw, 154, 0, bytearray(16), 16)
attempt("still shut in", open, world["victim"], "w")
