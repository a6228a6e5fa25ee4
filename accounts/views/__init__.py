"""Doors of the account pages: signing in, the second factor, own security."""
