"""The study of a region and its versions."""
