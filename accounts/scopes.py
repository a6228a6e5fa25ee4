"""What a token may be good for: a pure table. A scope never reaches further than its person."""

from django.db import models


class Scope(models.TextChoices):
    """What a writing system may do with a token; reading needs none."""

    CATALOGUE_DRAFT = "catalogue:draft", "编制事项草稿"
