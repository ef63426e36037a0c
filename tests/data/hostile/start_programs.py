# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to start programs in every way that Python has.
# Must not: start any.
# Ends: finished
# Machine: x86_64
import ctypes
import multiprocessing
import os
import pty
import subprocess

from canary import attempt, raw, world


def by_shell(system, command):
    if system(command) != 0:
        raise PermissionError("there is no shell")


touch = ["/usr/bin/touch", world["folder"] + "/new"]
for function in [os.execv, os.spawnv, os.posix_spawn]:
    arguments = {os.spawnv: (os.P_WAIT, touch[0], touch), os.posix_spawn: (touch[0], touch, {})}
    attempt(function.__name__, function, *arguments.get(function, (touch[0], touch)))
attempt("execvpe", os.execvpe, "touch", touch, {"PATH": "/usr/bin"})
attempt("execve of a descriptor", os.execve, os.open("/usr/lib/os-release", os.O_RDONLY), touch, {})
attempt("fork", os.fork)
attempt("forkpty", os.forkpty)
attempt("pty.spawn", pty.spawn, touch, refusal=OSError)
attempt("subprocess", subprocess.run, touch)
attempt("subprocess with a shell", subprocess.run, " ".join(touch), shell=True)
attempt("popen", os.popen, " ".join(touch))
for method in ["fork", "spawn", "forkserver"]:
    attempt(f"multiprocessing, {method}", multiprocessing.get_context(method).Process(target=print).start,
            refusal=(PermissionError, FileNotFoundError))
attempt("os.system", by_shell, os.system, " ".join(touch))
attempt("system", by_shell, ctypes.CDLL(None).system, " ".join(touch).encode())

path = touch[0].encode() + b"\0"
words = (ctypes.c_char_p * 3)(*[word.encode() for word in touch])
attempt("execve by number", raw, 59, path, words, None)
attempt("execveat by number", raw, 322, -100, path, words, None, 0)
attempt("fork by number", raw, 57)
attempt("vfork by number", raw, 58)
attempt("clone of a process", raw, 56, 17, 0, 0, 0, 0)
attempt("clone of a process, with bits above the int", raw, 56, 1 << 40 | 17, 0, 0, 0, 0)
attempt("clone that shares memory", raw, 56, 0x100 | 0x4000 | 17, 0, 0, 0, 0)
attempt("clone into a namespace", raw, 56, 0x10000000 | 17, 0, 0, 0, 0)
attempt("thread in a namespace", raw, 56, 0x10000 | 0x800 | 0x100 | 0x10000000, 0, 0, 0, 0)
attempt("clone3", raw, 435, bytes(88), 88, refusal=OSError)
