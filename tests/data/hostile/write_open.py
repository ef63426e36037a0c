# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to open files for writing in every way that Python has.
# Must not: make, change or empty a file.
# Ends: finished
# Holds: either
# Landlock: 3
# Machine: x86_64
import codecs
import io
import os
import pathlib

from canary import attempt, raw, world

victim = world["victim"]
new = world["folder"] + "/new"

for mode in ["w", "a", "r+", "w+", "wb", "ab", "r+b"]:
    attempt(f"open {mode}", open, victim, mode)
for folder in [world["folder"], world["home"], "/tmp", "/var/tmp", "/dev/shm", "/run", ".",
               os.path.dirname(os.__file__)]:
    attempt(f"open x in {folder}", open, f"{folder}/new-{world['token']}", "x")
attempt("io.FileIO", io.FileIO, victim, "w")
attempt("codecs.open", codecs.open, victim, "w", "utf-8")
attempt("write_text", pathlib.Path(victim).write_text, "changed")
attempt("touch", pathlib.Path(new).touch)
attempt("opener", open, victim, "w", opener=lambda path, flags: os.open(path, flags | os.O_NOFOLLOW))

attempt("O_WRONLY", os.open, victim, os.O_WRONLY)
attempt("O_RDWR", os.open, victim, os.O_RDWR)
attempt("O_RDONLY | O_TRUNC", os.open, victim, os.O_RDONLY | os.O_TRUNC)
attempt("O_RDONLY | O_CREAT", os.open, new, os.O_RDONLY | os.O_CREAT)
attempt("O_TMPFILE", os.open, world["folder"], os.O_TMPFILE | os.O_RDWR)

path = victim.encode() + b"\0"
how = (os.O_RDWR).to_bytes(8, "little") + bytes(16)
attempt("open by number", raw, 2, path, os.O_RDWR, 0)
attempt("openat by number, with bits above the int", raw, 257, -100, path, os.O_RDWR | 1 << 40, 0)
attempt("creat by number", raw, 85, path, 0o600)
attempt("openat2", raw, 437, -100, path, how, len(how))
