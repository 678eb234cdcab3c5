"""Settings, addresses and processes of the workspace."""
