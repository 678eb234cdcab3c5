"""From findings to the council's documents: one tree, many formats."""
