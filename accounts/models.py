"""Who someone is."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """One person who can sign in."""
