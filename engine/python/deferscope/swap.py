# SPDX-License-Identifier: MIT
"""Binds the name Deferred in twisted.internet.defer to the engine's class while that module is loaded, before
anything can see the class that was there."""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import sys
import warnings
from types import CodeType, FunctionType, ModuleType
from typing import Any, Callable, TypeVar

from deferscope import _engine, copying, places, raising, stacks

MODULE = "twisted.internet.defer"

# What the engine does itself. All else is taken from the class that was there, by name.
REPLACED = (
    "__init__",
    "addCallbacks",
    "addCallback",
    "addErrback",
    "addBoth",
    "callback",
    "errback",
    "pause",
    "unpause",
    "cancel",
    "_startRunCallbacks",
    "_continuation",
    "_runCallbacks",
)

# Every attribute that the replaced functions of a known Twisted touch on a Deferred.
STATE = {
    "callbacks",
    "called",
    "debug",
    "paused",
    "result",
    "_canceller",
    "_chainedTo",
    "_debugInfo",
    "_runningCallbacks",
    "_suppressAlreadyCalled",
}

# What else they call or look up.
HELPERS = {
    *REPLACED,
    "append",
    "callable",
    "cast",
    "cleanFailure",
    "creator",
    "failResult",
    "format_stack",
    "invoker",
    "isinstance",
    "getattr",
    "pop",
    "traceback",
    "type",
    "warnAboutFunction",
    "_getDebugTracebacks",
    "AlreadyCalledError",
    "Any",
    "AssertionError",
    "BaseException",
    "CancelledError",
    "DebugInfo",
    "Deferred",
    "Failure",
    "List",
    "object",
    "passthru",
    "_CallbackChain",
    "_CONTINUE",
    "_DEFERRED_SUBCLASSES",
    "_NONE_KWARGS",
    "_NO_RESULT",
    "_Sentinel",
    "_failthru",
}


class Refused(Exception):
    """The installed Twisted is not one that the engine knows; the program runs on with Twisted's own class."""


class LinkTuple(tuple):
    """An entry of Deferred.callbacks that remembers its number in the chain."""

    numbers = (-1, -1)


def check(original: type, module: dict[str, Any]) -> None:
    """Refuses a class whose replaced functions use names that the engine does not know."""
    for name in REPLACED:
        function = original.__dict__.get(name)
        if not isinstance(function, FunctionType):
            raise Refused(f"its Deferred has no function {name}")
        unknown = sorted(
            used
            for used in set(function.__code__.co_names) - STATE - HELPERS
            if not isinstance(module.get(used), TypeVar)
        )
        if unknown:
            raise Refused(f"Deferred.{name} uses {', '.join(unknown)}, which the engine does not know")


def self_warning(code: CodeType) -> str:
    """The text with which Twisted warns of a callback that returns its own Deferred."""
    texts = [text for text in code.co_consts[1:] if isinstance(text, str) and " " in text]
    return texts[0] if texts else "Callback returned the Deferred it was attached to."


def names_of(original: type, module: dict[str, Any]) -> dict[str, Any]:
    """What the engine takes from the module, under the engine's names for it."""
    functions = {name: original.__dict__[name] for name in REPLACED}
    drain = functions["_runCallbacks"].__code__
    warn_about = module["warnAboutFunction"]
    text = self_warning(drain)
    return {
        "Failure": module["Failure"],
        "DebugInfo": module["DebugInfo"],
        "passthru": module["passthru"],
        "failthru": module.get("_failthru", module["passthru"]),
        "continueMark": module["_CONTINUE"],
        "noKeywords": module.get("_NONE_KWARGS", {}),
        "linkTuple": LinkTuple,
        "warnOfItself": lambda callback: warn_about(callback, text),
        "failureOfRaised": raising.failure_of_raised(functions["_runCallbacks"], module, _engine.reraise),
        "original": functions,
        "isStrict": "isinstance" in functions["callback"].__code__.co_names,
        "dropsCancellers": "_canceller" in functions["_startRunCallbacks"].__code__.co_names,
        "cleansFailures": "cleanFailure" in drain.co_names,
    }


def engine_class(original: type, module: dict[str, Any]) -> type:
    """The engine's class, with all that it does not do itself from the one that was there."""
    check(original, module)
    try:
        names = names_of(original, module)
    except KeyError as missing:
        raise Refused(f"its module defer has no {missing.args[0]}") from None
    _engine.set_twisted(names)
    stacks.watch(names["Failure"], stacks.Stacks(names["original"], names["failureOfRaised"].__code__))
    own = _engine.Deferred
    for name, value in original.__dict__.items():
        is_function = isinstance(value, (FunctionType, classmethod, staticmethod))
        if name not in REPLACED and (is_function or name in ("debug", "__doc__", "__module__")):
            setattr(own, name, value)
    own.__getstate__ = copying.getstate
    own.__setstate__ = copying.setstate
    return own


def swapped(original: type, module: dict[str, Any]) -> type:
    try:
        return engine_class(original, module)
    except Refused as why:
        version = sys.modules["twisted"].__version__
        warnings.warn(f"deferscope: Twisted {version} is not known: {why}. It runs unrecorded.", stacklevel=2)
        return original


class Loader(importlib.abc.Loader):
    """Loads a module as its own loader does, with Twisted's Deferred swapped, and tells who waits for it."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self.inner.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__.loader = module.__loader__ = self.inner
        if module.__name__ == MODULE:
            self._exec_swapping(module)
        else:
            self.inner.exec_module(module)
        for told in _waiting.pop(module.__name__, ()):
            told(module)

    def _exec_swapping(self, module: ModuleType) -> None:
        build_class = builtins.__build_class__

        def build(function: FunctionType, name: str, *bases: Any, **keywords: Any) -> type:
            made = build_class(function, name, *bases, **keywords)
            if name != "Deferred" or function.__globals__ is not module.__dict__:
                return made
            module.__dict__[name] = made  # what is taken from it may look it up
            return swapped(made, module.__dict__)

        builtins.__build_class__ = build
        try:
            self.inner.exec_module(module)
        finally:
            builtins.__build_class__ = build_class


class Finder(importlib.abc.MetaPathFinder):
    """Finds the modules that are to be loaded by Loader as Python finds them."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name != MODULE and name not in _waiting:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = Loader(spec.loader)
        return spec


_waiting: dict[str, list[Callable[[ModuleType], None]]] = {}


def when_loaded(name: str, told: Callable[[ModuleType], None]) -> None:
    """Calls the function with the module of that name: now, or once it is loaded."""
    if name in sys.modules:
        told(sys.modules[name])
    else:
        _waiting.setdefault(name, []).append(told)


def is_installed() -> bool:
    """Whether the running Twisted's Deferred is the engine's."""
    module = sys.modules.get(MODULE)
    return module is not None and module.Deferred is _engine.Deferred


def install() -> None:
    """Makes the Deferred of the Twisted that will be imported the engine's. Raises Refused when it is too late."""
    if MODULE in sys.modules:
        if is_installed():
            return
        raise Refused(f"{MODULE} is already imported: call deferscope.install() before")
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, Finder())
        _engine.set_machinery(places.machinery(), places.place_of)
