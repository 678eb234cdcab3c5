"""How sure the outcome is: what it hangs on, where it turns, and in which boxes of figures it holds."""
