"""Compiled loops over coalitions; each file holds every function that its compiled functions call.

Only the engine's kernel calls on: into ``fold`` here and its own ``rows``. The compiler's cache watches the
text of the caller's file alone, so ``engine/kernel.py`` names what those hold (``PARTS``; a test gives it).
Arguments are contiguous float64 arrays that the callers in ``marke.games`` have checked.
"""

from typing import Any

LOOP: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
"""Options of loops that allocate nothing: uncounted, a reference to a part of an array costs nothing."""

INNER: dict[str, Any] = {**LOOP, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Options of loops that only compiled functions call: without a door to Python they compile sooner."""

PART: dict[str, Any] = {**INNER, "inline": "always"}
"""Options of functions that are called in one place: compiled there, once."""

SUM: dict[str, Any] = {**INNER, "forceinline": True}
"""Options of loops that add up in an order that the compiler chooses: they become part of their caller. If
called, such a loop is one version in the process that compiles and another in those that load from the cache,
and the two add in another order."""
