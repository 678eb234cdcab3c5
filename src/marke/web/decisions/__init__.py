"""Talks, motion points, proposals, decisions per municipality, their days, and the log of all that."""
