"""What municipalities answer about themselves, sign and release."""
