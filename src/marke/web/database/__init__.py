"""The database: the embedded PostgreSQL or another one, its two roles, and copies of it."""
