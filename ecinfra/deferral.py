"""Modules that are loaded when something of them is first used."""

from __future__ import annotations

import sys
from _thread import RLock
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from typing import Any


def defer(name: str) -> None:
    """Let `import name` cost nothing until the module is used; where it is loaded already, or is not there, do nothing.

    importlib's own LazyLoader does not serve: it loads the module as soon as a second import looks at it.
    """
    spec = None if name in sys.modules else find_spec(name)
    if spec is not None and spec.loader is not None:
        sys.modules[name] = _Deferred(spec).module


class _Deferred:
    """A module that knows where it comes from, and has not been run yet."""

    def __init__(self, spec: ModuleSpec) -> None:
        self.spec = spec
        self.module = module_from_spec(spec)
        self.held = vars(self.module)
        # whoever asks for the path imports a part of the package, and the package itself is run before its parts
        self.path = self.held.pop("__path__", None)
        self.hooks = {"__getattr__": self.missing, "__dir__": self.listed}
        self.held.update(self.hooks)
        self.lock = RLock()
        self.waits = True

    def load(self) -> None:
        """Run the module, once."""
        with self.lock:
            if not self.waits:  # another thread was faster, or it asks for something of its own while it runs
                return
            self.waits = False
            if self.path is not None:
                self.held["__path__"] = self.path
            try:
                self.spec.loader.exec_module(self.module)  # type: ignore[union-attr] # one without is not deferred
            except BaseException:
                self.waits = True
                raise
            for name, hook in self.hooks.items():
                if self.held.get(name) is hook:
                    del self.held[name]

    def missing(self, attribute: str) -> Any:
        """What was asked of the module before it ran."""
        self.load()
        if attribute not in self.held:
            raise AttributeError(f"module '{self.module.__name__}' has no attribute '{attribute}'")
        return self.held[attribute]

    def listed(self) -> list[str]:
        """The names of the module."""
        self.load()
        return dir(self.module)
