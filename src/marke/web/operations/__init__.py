"""Running the workspace: its log, measurements, limits, headers, and a check of how it is set up."""
