"""The catalogue for other systems: /api/v1/. Only editions in force, and what was in force once."""
