"""Doors of the public pages about halls."""
