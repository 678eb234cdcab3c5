"""Who belongs to what, and the wall between municipalities."""
