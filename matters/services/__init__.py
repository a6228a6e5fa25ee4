"""Verbs of the catalogue, by stage of work."""
