"""Compiled loops over coalitions; each file holds every function that its compiled functions call.

Only the engine's kernel calls on: into ``fold`` here and its own ``rows``. The compiler's cache watches the
caller's file alone, so after a change in those two, touch ``engine/kernel.py``.
Arguments are contiguous float64 arrays that the callers in ``marke.games`` have checked.
"""

from typing import Any

LOOP: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
"""Options of loops that allocate nothing: uncounted, a reference to a part of an array costs nothing."""
