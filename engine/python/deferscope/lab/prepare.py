# SPDX-License-Identifier: MIT
"""Puts the lab's parts into Python and loads Twisted over them. To be imported before anything else is."""

from __future__ import annotations

from deferscope.lab import baton, clock

baton.install()
clock.install()

import deferscope  # noqa: E402

deferscope.install()

from deferscope.lab import timers  # noqa: E402

timers.install()
