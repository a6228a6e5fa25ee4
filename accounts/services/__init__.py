"""Decisions about accounts, by stage: signing in, the second factor, people."""
