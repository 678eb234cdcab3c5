"""The regional table: situations of who takes part, answered at once."""
