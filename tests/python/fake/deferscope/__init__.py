# SPDX-License-Identifier: GPL-3.0-or-later
"""The package without the extension: the lab's sources on Twisted's own Deferred. See `_engine`."""

import os

__path__.append(
    os.path.join(os.path.dirname(os.path.abspath(__file__)), *[os.pardir] * 4, "engine", "python", "deferscope")
)


def install():
    pass
