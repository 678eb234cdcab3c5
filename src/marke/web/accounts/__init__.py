"""Accounts of persons, and the first one."""
