# SPDX-License-Identifier: MIT
"""Twisted's class Deferred on Deferscope's engine.

    import deferscope
    deferscope.install()

before twisted.internet.defer is imported makes its Deferred the engine's; nothing else of Twisted changes.
`python3 -m deferscope PROGRAM` does so for a program that knows nothing of it, and records it.
"""

from deferscope.swap import Refused, install, is_installed

__all__ = ["Refused", "install", "is_installed"]
