"""marke: explore, decide and run functions that neighbouring municipalities share."""

__version__ = "0.1.0"
