"""Compiled loops over coalitions; each file holds every function that its compiled functions call.

Arguments are contiguous float64 arrays that the callers in ``marke.games`` have checked.
"""
