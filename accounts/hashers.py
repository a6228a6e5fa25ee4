"""Password hashing sized for two cores."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Argon2 with parallelism 2: eight lanes cost more than they protect on two cores."""

    parallelism = 2
