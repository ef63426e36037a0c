# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs scripts under the real reactor and in the lab, and compares what they write and how they end.

    compare.py [--package FOLDER] [--random FIRST:COUNT] FILE|FOLDER...

Addresses and times of a log may differ; and, on the engine's Deferred, which of the frames above the place
where a Failure was made its traceback shows, for those of `defer.py` are not among them.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List

TIMEOUT = 60
RANDOM_SCRIPTS = Path(__file__).resolve().parent.parent / "oracle" / "random_scripts.py"


@dataclass
class Written:
    stdout: str
    stderr: str
    exit_code: int


def run(command: List[str], package: str) -> Written:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", "TZ": "UTC"}
    environment["PYTHONPATH"] = package
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, env=environment, check=False
    )
    return Written(plain(done.stdout), plain(done.stderr), done.returncode)


def plain(data: bytes) -> str:
    """Without what differs between two runs of the same Python."""
    text = data.decode("utf-8", "replace")
    text = re.sub(r"0x[0-9a-f]{6,}", "0xADDRESS", text)
    text = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d([.,]\d+)?([+-]\d{4})?", "TIME", text)
    text = re.sub(r"in \d+\.\d{3}s", "in SECONDS", text)
    return re.sub(r"(  File .*\n(    .*\n)*)+(--- <exception caught here> ---)", r"\3", text)


def in_reality(file: Path) -> Written:
    return run([sys.executable, str(file)], "")


def in_lab(file: Path, package: str) -> Written:
    return run([sys.executable, "-m", "deferscope.lab", str(file)], package)


def differences(file: Path, package: str) -> List[str]:
    """A machine that is busy may hold up a script in reality, so one that differs is tried again."""
    found: List[str] = []
    for _ in range(3):
        found = differences_once(file, package)
        if not found:
            break
    return found


def differences_once(file: Path, package: str) -> List[str]:
    try:
        real, lab = in_reality(file), in_lab(file, package)
    except subprocess.TimeoutExpired as error:
        return [f"no end within {TIMEOUT} seconds: {' '.join(error.cmd)}"]
    found = []
    for name in ("stdout", "stderr"):
        theirs, ours = getattr(real, name).splitlines(), getattr(lab, name).splitlines()
        found += difflib.unified_diff(theirs, ours, f"{name} in reality", f"{name} in the lab", lineterm="", n=1)
    if real.exit_code != lab.exit_code:
        found.append(f"exit code {real.exit_code} in reality, {lab.exit_code} in the lab")
    return found


def scripts(paths: List[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path]


def random_scripts(seeds: str, folder: Path) -> Iterator[Path]:
    first, count = seeds.split(":")
    made = subprocess.run(
        [sys.executable, str(RANDOM_SCRIPTS), first, count], capture_output=True, text=True, check=True
    )
    for line in made.stdout.splitlines():
        script = json.loads(line)
        file = folder / f"seed-{script['seed']}.py"
        file.write_text(script["text"])
        yield file


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare scripts under the real reactor with the lab.")
    parser.add_argument("--package", default=str(Path(__file__).resolve().parent / "fake"), help="where deferscope lies")
    parser.add_argument("--random", metavar="FIRST:COUNT", help="random scripts of those seeds too")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        files = list(scripts(options.paths))
        if options.random:
            files += random_scripts(options.random, Path(folder))
        results = list(pool.map(lambda file: differences(file, options.package), files))
    bad = [(file, found) for file, found in zip(files, results) if found]
    for file, found in bad:
        print(f"=== {file}", *found, sep="\n")
    print(f"{len(files) - len(bad)} of {len(files)} scripts are the same")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main())
