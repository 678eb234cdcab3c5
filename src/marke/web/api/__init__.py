"""The API: what the pages can, for programs, with a key of a person and inside the same walls."""
