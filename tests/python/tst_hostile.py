# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile scripts in the sandbox: nothing outside changes, and they end as their head says.

Each script of tests/data/hostile/ runs in a process of its own, beside things that must stay as they are: files, a
process, sockets that must hear nothing, a terminal, and this process. The head of a script is comments:

    # Tries: what
    # Must not: what                    for the reader
    # Ends: finished | error NAME | exit N | signal NAME | budget | stopped | any
    # In the lab: how else it ends where not the sandbox alone is tried
    # Holds: seccomp | landlock | either | limits   what refuses it; of either each layer does so alone. Else: seccomp
    # Landlock: 3                       the version from which Landlock does so
    # Machine: x86_64                   where its numbers of system calls are right
    # Variants: one, another            run once with each
    # Terminal: yes                     its input is a terminal

DEFERSCOPE_HOSTILE_COMMAND is a command that runs a script, {script} and {stream} (a descriptor) in it; its default is
hostile_runner.py with the modules below DEFERSCOPE_MODULES.
"""

import contextlib
import ctypes
import dataclasses
import fcntl
import hashlib
import os
import pathlib
import platform
import pty
import resource
import select
import selectors
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import time
import unittest
from collections.abc import Callable

HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = HERE.parent / "data" / "hostile"
PRELUDE = (HERE / "hostile_prelude.py").read_text(encoding="utf-8")
RUNNER = [sys.executable, str(HERE / "hostile_runner.py"), os.environ.get("DEFERSCOPE_MODULES", "."), "{stream}",
          "{script}"]
COMMAND = shlex.split(os.environ.get("DEFERSCOPE_HOSTILE_COMMAND", "")) or RUNNER
BEGUN = "begun\n"  # the prelude's first word
SECRET = "a secret of the environment"
PATIENCE = 60.0  # seconds until a script that should have ended is stopped
SHORT = 1.0  # seconds until one is stopped that does not end
FLOOD = 4 << 20  # bytes of output after which a script is stopped


def landlock_version() -> int:
    return ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1)


class Script:
    """A hostile script and what its head says."""

    def __init__(self, path: pathlib.Path) -> None:
        self.name = path.stem
        self.text = path.read_text(encoding="utf-8")
        self.head: dict[str, str] = {}
        for line in self.text.splitlines():
            if not line.startswith("#"):
                break
            key, _, value = line[2:].partition(": ")
            self.head[key] = f"{self.head[key]}, {value}" if key in self.head else value
        self.ends = [self.head["Ends"]]
        if COMMAND is not RUNNER and "In the lab" in self.head:
            self.ends.append(self.head["In the lab"])
        self.holds = self.head.get("Holds", "seccomp")
        self.variants = self.head.get("Variants", "").split(", ")

    def holds_without(self, lacking: str) -> bool:
        """Whether it is refused by the other layer alone."""
        return self.holds == "either" or lacking == "landlock" and self.holds == "seccomp"

    def needs_newer_landlock(self) -> bool:
        return landlock_version() < int(self.head.get("Landlock", 0))

    def is_for_this_machine(self) -> bool:
        return self.head.get("Machine", platform.machine()) == platform.machine()

    def text_with(self, world: dict) -> str:
        """The text with the module `canary` made in its first line, so that lines keep their numbers."""
        first, rest = self.text.split("\n", 1)
        assert first.startswith("#")
        return f"exec({PRELUDE!r}, {{'world': {world!r}}})\n{rest}"


def facts_of(path: pathlib.Path) -> tuple:
    """What would show that somebody has changed a file."""
    status = path.lstat()
    content = hashlib.sha1(path.read_bytes()).hexdigest() if path.is_file() else None
    marks = tuple(sorted(os.listxattr(path, follow_symlinks=False)))
    return (status.st_ino, status.st_mode, status.st_nlink, status.st_uid, status.st_gid, status.st_mtime_ns,
            status.st_ctime_ns, content, marks)


def limits_of(process: int) -> tuple:
    numbers = range(resource.RLIM_NLIMITS) if hasattr(resource, "RLIM_NLIMITS") else range(16)
    return tuple(resource.prlimit(process, number) for number in numbers)


def rights_of(process: int) -> tuple:
    """What others could change of a process."""
    return (os.getpriority(os.PRIO_PROCESS, process), os.sched_getscheduler(process),
            sorted(os.sched_getaffinity(process)), limits_of(process), os.getpgid(process), os.getsid(process))


def differences(before: dict, after: dict, path: str = "") -> list[str]:
    """What is not the same, one line each."""
    found = []
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if isinstance(was, dict) and isinstance(now, dict):
            found += differences(was, now, f"{path}{key} ")
        elif was != now:
            found.append(f"{path}{key}: {was} -> {now}")
    return found


def processes_of_group(group: int) -> list[int]:
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if os.getpgid(int(entry.name)) == group:
                found.append(int(entry.name))
    return found


class World:
    """What stands outside and must stay as it is."""

    def __init__(self) -> None:
        self.rest = contextlib.ExitStack()
        folder = pathlib.Path(self.rest.enter_context(tempfile.TemporaryDirectory(prefix="hostile")))
        self.token = folder.name
        self.folder = folder
        self.script = folder / "script" / "script.py"
        self.tree = folder / "tree"
        self.make_files()
        self.make_sockets()
        self.sibling = subprocess.Popen(["sleep", "1000"], process_group=0)
        self.rest.callback(self.end_sibling)
        self.terminal = pty.openpty()
        for descriptor in self.terminal:
            self.rest.callback(os.close, descriptor)
        self.stream, self.stream_of_script = socket.socketpair()
        self.leak = self.rest.enter_context(open(self.tree / "victim.txt", "r+b", buffering=0))
        self.signals: list[int] = []
        self.listen_to_signals()
        self.before = self.facts()

    def make_files(self) -> None:
        for name in ["tree/inner", "tree/empty", "home/.ssh", "script"]:
            (self.folder / name).mkdir(parents=True)
        for name in ["tree/victim.txt", "tree/inner/file", "home/.ssh/id_rsa", "home/.profile", "input.txt"]:
            (self.folder / name).write_text("input that must stay as it is\n")
        (self.tree / "link").symlink_to("victim.txt")
        self.script.touch()
        (self.tree / "database").write_bytes(b"")
        with contextlib.suppress(OSError):  # not every file system has them
            os.setxattr(self.tree / "victim.txt", "user.own", b"1")
        shutil.copy(__import__("_ctypes").__file__, self.tree / "library.so")

    def make_sockets(self) -> None:
        def bound(family: int, kind: int, address: object) -> socket.socket:
            made = self.rest.enter_context(socket.socket(family, kind))
            made.bind(address)
            if kind == socket.SOCK_STREAM:
                made.listen()
            made.setblocking(False)
            return made

        self.port = bound(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        number = self.port.getsockname()[1]
        self.sockets = [self.port,
                        bound(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", number)),
                        bound(socket.AF_UNIX, socket.SOCK_STREAM, str(self.tree / "stream")),
                        bound(socket.AF_UNIX, socket.SOCK_DGRAM, str(self.tree / "datagrams")),
                        bound(socket.AF_UNIX, socket.SOCK_DGRAM, "\0" + self.token)]

    def end_sibling(self) -> None:
        self.sibling.kill()
        self.sibling.wait()

    def listen_to_signals(self) -> None:
        never = {signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL,
                 signal.SIGFPE}
        for number in signal.valid_signals() - never:
            before = signal.signal(number, lambda number, frame: self.signals.append(number))
            if before is not None:
                self.rest.callback(signal.signal, number, before)

    def names(self, variant: str) -> dict:
        """What the script is told."""
        return {"token": self.token, "folder": str(self.tree), "home": str(self.folder / "home"),
                "victim": str(self.tree / "victim.txt"), "database": str(self.tree / "database"),
                "library": str(self.tree / "library.so"), "port": self.port.getsockname()[1],
                "datagrams": str(self.tree / "datagrams"), "abstract": self.token, "sibling": self.sibling.pid,
                "driver": os.getpid(), "group": os.getpgrp(), "stream": self.stream_of_script.fileno(),
                "backward": SECRET[::-1], "variant": variant}

    def heard(self) -> list[str]:
        """What came in at the sockets."""
        heard = []
        for each in self.sockets:
            with contextlib.suppress(BlockingIOError):
                if each.type == socket.SOCK_STREAM:
                    each.accept()[0].close()
                else:
                    each.recv(1000)
                heard.append(str(each.getsockname()))
        return heard

    def left_behind(self) -> list[str]:
        """Names with the token where anybody may make them, and System V objects."""
        places = [pathlib.Path(place) for place in ["/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run",
                                                        os.path.dirname(os.__file__)]]
        found = [str(path) for place in places if place.is_dir() for path in place.glob(f"*{self.token}*")]
        for kind in ["shm", "msg", "sem"]:
            with contextlib.suppress(OSError):
                lines = pathlib.Path(f"/proc/sysvipc/{kind}").read_text().splitlines()
                found += [f"{kind} {line}" for line in lines if line.split()[0] == "4711"]
        return sorted(found)

    def terminal_facts(self) -> tuple:
        slave = self.terminal[1]
        size = fcntl.ioctl(slave, termios.TIOCGWINSZ, bytes(8))
        waiting = fcntl.ioctl(slave, termios.FIONREAD, bytes(4))
        return (termios.tcgetattr(slave), size, waiting, fcntl.fcntl(slave, fcntl.F_GETFL))

    def facts(self) -> dict:
        files = {str(path): facts_of(path) for path in sorted(self.folder.rglob("*")) if path != self.script}
        return {"files": files, "sibling": self.sibling.poll(), "rights": rights_of(self.sibling.pid),
                "own rights": rights_of(os.getpid()), "terminal": self.terminal_facts(), "heard": self.heard(),
                "left": self.left_behind(), "signals": list(self.signals),
                "processes": processes_of_group(self.sibling.pid), "hostname": socket.gethostname()}

    def close(self) -> None:
        self.stream.close()
        self.stream_of_script.close()
        self.rest.close()


@dataclasses.dataclass
class Run:
    """How a script has ended, and what it has said."""

    end: str = ""
    output: str = ""
    errors: str = ""


def end_of(status: int) -> str:
    if status < 0:
        return f"signal {signal.Signals(-status).name}"
    return "finished" if status == 0 else f"exit {status}"


def take_terminal() -> None:
    """Makes the terminal at the input that of a new session, as a shell has it."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def start(world: World, script: Script, variant: str, lacking: str) -> subprocess.Popen:
    world.script.write_text(script.text_with(world.names(variant)), encoding="utf-8")
    stream = world.stream_of_script.fileno()
    words = [word.format(script=world.script, stream=stream) for word in COMMAND] + ([lacking] if lacking else [])
    has_terminal = "Terminal" in script.head
    with open(world.folder / "input.txt", "rb") as file:
        return subprocess.Popen(
            words, stdin=world.terminal[1] if has_terminal else file, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            pass_fds=[stream, world.leak.fileno()], cwd=world.tree, env=os.environ | {"CANARY": SECRET},
            process_group=None if has_terminal else world.sibling.pid, preexec_fn=take_terminal if has_terminal else None)


def listen(world: World, process: subprocess.Popen, seconds: float) -> tuple[Run, bool]:
    """What the script says until all is closed, and whether that was within time and measure."""
    texts = {process.stdout: bytearray(), process.stderr: bytearray(), world.stream: bytearray()}
    has_begun = False
    deadline = time.monotonic() + PATIENCE
    with selectors.DefaultSelector() as selector:
        for each in texts:
            selector.register(each, selectors.EVENT_READ)
        while selector.get_map() and time.monotonic() < deadline and sum(map(len, texts.values())) < FLOOD:
            for key, _ in selector.select(deadline - time.monotonic()):
                piece = os.read(key.fd, 1 << 16)
                texts[key.fileobj] += piece
                if not piece:
                    selector.unregister(key.fileobj)
            if not has_begun and BEGUN.encode() in texts[process.stdout]:
                has_begun = True
                deadline = time.monotonic() + seconds
        is_over = not selector.get_map()
    run = Run("", texts[process.stdout].decode(errors="replace"), texts[process.stderr].decode(errors="replace"))
    return run, is_over


def run_script(world: World, script: Script, variant: str, lacking: str) -> Run:
    with start(world, script, variant, lacking) as process:
        world.stream_of_script.close()
        run, is_over = listen(world, process, SHORT if "stopped" in script.ends else PATIENCE)
        with contextlib.suppress(subprocess.TimeoutExpired):
            if is_over:
                run.end = end_of(process.wait(PATIENCE))
        if not run.end:
            process.kill()
            run.end = "stopped"
    return run


def is_end(expected: str, run: Run) -> bool:
    if expected == "budget":
        return run.end in ["signal SIGXCPU", "signal SIGKILL"]
    if expected.startswith("error "):
        return run.end == "exit 1" and expected.removeprefix("error ") in run.errors.splitlines()[-1]
    return expected in [run.end, "any"]


class ScriptCase(unittest.TestCase):
    """Has a test for each script; they are added below."""

    maxDiff = None

    def check(self, script: Script, lacking: str = "") -> None:
        if not script.is_for_this_machine():
            self.skipTest(f"its numbers are those of {script.head['Machine']}")
        if lacking == "seccomp" and script.needs_newer_landlock():
            self.skipTest(f"it needs version {script.head['Landlock']} of Landlock")
        for variant in script.variants:
            with self.subTest(script=script.name, variant=variant, lacking=lacking):
                self.check_run(script, variant, lacking)

    def check_run(self, script: Script, variant: str, lacking: str) -> None:
        world = World()
        self.addCleanup(world.close)
        run = run_script(world, script, variant, lacking)
        self.assertIn(BEGUN, run.output, run.errors)
        got_through = [line for line in run.output.splitlines() if line.startswith(("SUCCEEDED", "WRONG"))]
        self.assertEqual(got_through, [], run.errors)
        self.assertEqual(differences(world.before, world.facts()), [])
        self.assertTrue(any(is_end(expected, run) for expected in script.ends), f"{script.ends}: {run}")
        world.close()


class Hostile(ScriptCase):
    """On this kernel as it is."""


class WithoutLandlock(ScriptCase):
    """On a kernel without Landlock nothing outside changes; what can be read then is another matter."""


class WithoutSeccomp(ScriptCase):
    """On a kernel without seccomp no file is written."""


@unittest.skipUnless(COMMAND is RUNNER, "the words are those of the sandbox itself")
class Report(unittest.TestCase):
    """What is missing is told, and where all is required nothing is entered without it."""

    READ = "it can read every file that you can read: the kernel has no Landlock"
    CHANGE = "it can read and change every file that you can: the kernel has no Landlock"
    REACH = ("it can reach the network, other programs and other processes, and change the properties of files: "
             "the kernel has no seccomp")

    def run_with(self, lacking: str, text: str) -> subprocess.CompletedProcess:
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(text)
            file.flush()
            words = [word.format(script=file.name, stream=2) for word in RUNNER] + [lacking]
            return subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE)

    def test_what_is_missing(self) -> None:
        for lacking, sentences in [("", []), ("landlock", [self.READ]), ("seccomp", [self.REACH]),
                                   ("both", [self.CHANGE, self.REACH])]:
            with self.subTest(lacking=lacking):
                run = self.run_with(lacking, "print('run')")
                self.assertEqual(run.stdout.splitlines(), [f"missing: {each}" for each in sentences] + ["run"])

    def test_required(self) -> None:
        for lacking in ["landlock", "seccomp", "both"]:
            with self.subTest(lacking=lacking):
                run = self.run_with(f"{lacking} required", "print('run')")
                self.assertIn("OSError: There is no whole sandbox for this program; it can", run.stderr)
                self.assertEqual(run.stdout, "still open\n")

    def test_a_thread_is_outside(self) -> None:
        run = self.run_with("thread", "print('run')")
        self.assertEqual(run.stdout.splitlines(), ["missing: it has threads that began outside of the sandbox",
                                                   "the other thread: r", "the other thread: not r+", "run"])

    def test_what_is_not_kept_is_closed(self) -> None:
        reading, writing = os.pipe()
        text = ("import os\n"
                "opened = os.open(os.__file__, os.O_RDONLY)\n"  # the first free one must be no standard one
                f"os.write({writing}, b'%d' % (opened > 2))\n"
                "os.write(1, b'output')\n"
                "os.write(2, b'error')\n")
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(text)
            file.flush()
            words = [word.format(script=file.name, stream=writing) for word in RUNNER] + ["silent"]
            run = subprocess.run(words, capture_output=True, pass_fds=[writing], timeout=PATIENCE)
        os.close(writing)
        self.assertEqual((run.stdout, run.stderr), (b"", b""))
        with open(reading, "rb") as stream:
            self.assertEqual(stream.read(), b"1")

    def test_it_ends_with_its_parent(self) -> None:
        reading, writing = os.pipe()
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write("import time\ntime.sleep(1000)\n")
            file.flush()
            words = [word.format(script=file.name, stream=writing) for word in RUNNER]
            parent = f"import subprocess; subprocess.Popen({words!r}, pass_fds=[{writing}]); input()"
            with subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, pass_fds=[writing]) as process:
                os.close(writing)
                time.sleep(SHORT)
                process.communicate(b"\n")
        self.assertEqual(select.select([reading], [], [], PATIENCE), ([reading], [], []))
        os.close(reading)

    def test_its_output_to_a_file_is_limited(self) -> None:
        with tempfile.TemporaryFile() as file, tempfile.NamedTemporaryFile("w", suffix=".py") as script:
            script.write("while True: print('flood' * 100000)")
            script.flush()
            words = [word.format(script=script.name, stream=2) for word in RUNNER]
            run = subprocess.run(words, stdout=file, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
            self.assertIn("OSError: [Errno 27] File too large", run.stderr)
            self.assertEqual(os.fstat(file.fileno()).st_size, 64 << 20)


def test_of(script: Script, lacking: str) -> Callable[[ScriptCase], None]:
    return lambda case: case.check(script, lacking)


def add_tests() -> None:
    for path in sorted(SCRIPTS.glob("*.py")):
        script = Script(path)
        for case, lacking in [(Hostile, ""), (WithoutLandlock, "landlock"), (WithoutSeccomp, "seccomp")]:
            if not lacking or COMMAND is RUNNER and script.holds_without(lacking):
                setattr(case, f"test_{script.name}", test_of(script, lacking))


add_tests()

if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))  # so that a core file would be made
    unittest.main()
