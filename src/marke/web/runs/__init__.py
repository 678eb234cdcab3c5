"""Runs of a region and of a municipality: computed in the background, kept behind the wall, shown."""
