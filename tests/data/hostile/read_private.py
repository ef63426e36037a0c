# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to read what belongs to the person or to other processes.
# Must not: read any of it.
# Ends: finished
# Holds: landlock
import ctypes
import glob
import os

from canary import attempt, world

for path in [world["victim"], world["home"] + "/.ssh/id_rsa", "/etc/shadow", "/etc/passwd", "/etc/hostname",
             f"/proc/{world['sibling']}/environ", f"/proc/{world['sibling']}/cmdline",
             f"/proc/{os.getppid()}/environ", f"/proc/{os.getppid()}/maps", "/proc/self/environ",
             "/proc/self/maps", "/proc/self/mountinfo", "/proc/net/tcp", "/proc/version"]:
    attempt(path, open, path, "rb")
    attempt(f"{path} by os.open", os.open, path, os.O_RDONLY)
for path in [world["folder"], world["home"], "/", "/home", "/root", "/tmp", "/etc", "/proc", "/dev"]:
    attempt(f"list {path}", os.listdir, path)
attempt("by a way around", open, f"/usr/lib/../..{world['victim']}", "rb")
attempt("by a descriptor of the folder", os.open, "victim.txt", os.O_RDONLY,
        dir_fd=os.open(world["folder"], os.O_PATH))
attempt("by /proc/self/root", open, f"/proc/self/root{world['victim']}", "rb")
attempt("the same file, opened as a path first", open,
        f"/proc/self/fd/{os.open(world['victim'], os.O_PATH)}", "rb")
attempt("a library", ctypes.CDLL, world["library"], refusal=OSError)
assert glob.glob(world["folder"] + "/*") == []
