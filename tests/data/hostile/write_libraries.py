# SPDX-License-Identifier: GPL-3.0-or-later
# Tries: to write files with what writes files in the standard library.
# Must not: make, change or empty a file.
# Ends: finished
# Holds: either
# Landlock: 3
import dbm.dumb
import gzip
import logging
import mmap
import shelve
import shutil
import sqlite3
import tarfile
import tempfile
import zipfile

from canary import attempt, world

victim = world["victim"]
new = world["folder"] + "/new"


def database(path):
    connection = sqlite3.connect(path)
    connection.execute("create table t (x)")
    connection.commit()


attempt("sqlite3, new", database, new, refusal=sqlite3.Error)
attempt("sqlite3, existing", database, world["database"], refusal=sqlite3.Error)
attempt("sqlite3, attach", sqlite3.connect(":memory:").execute, f"attach '{new}' as more",
        refusal=sqlite3.Error)
attempt("shelve", shelve.open, new, refusal=Exception)
attempt("dbm", dbm.dumb.open, new, "n")
attempt("gzip", gzip.open, new, "wb")
attempt("zipfile", zipfile.ZipFile, new, "w")
attempt("tarfile", tarfile.open, new, "w")
attempt("logging", logging.FileHandler, new)
attempt("copy", shutil.copy, "/usr/lib/os-release", new)
attempt("copytree", shutil.copytree, world["folder"], new, refusal=OSError)
attempt("move", shutil.move, victim, new)
attempt("rmtree", shutil.rmtree, world["folder"])
attempt("make_archive", shutil.make_archive, new, "tar", "/usr/lib/python3")
for make in [tempfile.mkdtemp, tempfile.mkstemp, tempfile.TemporaryFile, tempfile.NamedTemporaryFile]:
    attempt(make.__name__, make, refusal=FileNotFoundError)  # "No usable temporary directory"
    attempt(f"{make.__name__} in a place", make, dir=world["folder"])
attempt("mmap of the input, shared", mmap.mmap, 0, 0, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
