# SPDX-License-Identifier: MIT
"""What the lab has not: a network, processes, files to write. Who asks for one gets an error that says so.

The system refuses these in any case (see `sandboxing`); what is here says it in words, at the line that asks.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Callable, Dict, NoReturn, Optional, Tuple

ADVICE = "run it as a real program (deferscope record)"
SENTENCES = {
    "network": f"the lab has no network: {ADVICE}, or use a Deferred that you fire yourself",
    "process": f"the lab starts no processes: {ADVICE}, or use a Deferred that you fire yourself",
    "file": f"the lab writes no files: {ADVICE}, or print what you would write",
    "descriptor": f"the lab has no files or sockets to wait for: {ADVICE}",
    "unreadable": f"the lab reads no files but Python's and Twisted's own: {ADVICE}",
}


class NotInTheLab(PermissionError):
    """The document asked for something that the lab has not."""

    def __str__(self) -> str:
        return str(self.args[-1])


# Whether the system refuses too, so that what it says needs a word.
is_sandboxed = False

# Told of each refusal: what was asked for, and the sentence.
listener: Callable[[str, str], None] = lambda what, sentence: None


def refuse(what: str) -> NoReturn:
    sentence = SENTENCES[what]
    listener(what, sentence)
    raise NotInTheLab(1, sentence)


def refusing(what: str, name: str) -> Callable[..., NoReturn]:
    """A method that refuses."""

    def method(self: object, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(what)

    method.__name__ = method.__qualname__ = name
    return method


_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# What Python tells its audit hooks before it does it.
_AUDITED: Dict[str, str] = {
    **dict.fromkeys(
        (
            "socket.connect",
            "socket.bind",
            "socket.sendto",
            "socket.sendmsg",
            "socket.getaddrinfo",
            "socket.gethostbyname",
            "socket.gethostbyaddr",
            "socket.getnameinfo",
        ),
        "network",
    ),
    **dict.fromkeys(
        (
            "subprocess.Popen",
            "os.system",
            "os.exec",
            "os.fork",
            "os.forkpty",
            "os.posix_spawn",
            "os.spawn",
            "pty.spawn",
        ),
        "process",
    ),
    **dict.fromkeys(
        (
            "os.mkdir",
            "os.remove",
            "os.rename",
            "os.rmdir",
            "os.link",
            "os.symlink",
            "os.truncate",
            "os.chmod",
            "os.chown",
            "os.utime",
            "shutil.rmtree",
            "tempfile.mkdtemp",
            "tempfile.mkstemp",
        ),
        "file",
    ),
}


def watch_program() -> None:
    """From now on whatever the program asks Python for is looked at. There is no way back."""
    sys.addaudithook(_audit)


def _audit(event: str, arguments: Tuple[Any, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITING and path not in (os.devnull, os.devnull.encode()):
            refuse("file")
        return
    if event == "socket.__new__":
        if arguments[1] in _INTERNET:
            refuse("network")
        return
    what = _AUDITED.get(event)
    if what is not None:
        refuse(what)


_INTERNET = (2, 10)  # AF_INET and AF_INET6, without the module `socket`


def advice_for(error: BaseException) -> Optional[str]:
    """What to say of an exception that comes of the system's refusal or of a module that cannot be read."""
    if not is_sandboxed or isinstance(error, NotInTheLab):
        return None
    if isinstance(error, PermissionError):
        return SENTENCES["unreadable"] if error.filename is not None else SENTENCES["network"]
    if isinstance(error, ModuleNotFoundError):
        return f"the lab sees installed modules, not those beside the document: {ADVICE}"
    return None
