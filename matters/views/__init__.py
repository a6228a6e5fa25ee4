"""Doors of the catalogue, by audience and page."""
