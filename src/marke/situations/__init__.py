"""What if: one situation at the regional table, answered at once from a run."""
