"""The editing desk `/desk/matters/`: pages of editors and reviewers of the catalogue."""
