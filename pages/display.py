"""The reading modes of a person: 长辈版 and 高对比, kept in two cookies."""

from dataclasses import dataclass

from django.conf import settings

DISPLAY_COOKIE = f"{settings.HOST_PREFIX}display"
CONTRAST_COOKIE = f"{settings.HOST_PREFIX}contrast"


@dataclass(frozen=True)
class Display:
    """How this reader wants the page."""

    elder: bool = False
    contrast: bool = False

    @property
    def classes(self) -> str:
        """Class names of `<html>`; the style sheet does the rest."""
        chosen = (("elder", self.elder), ("contrast", self.contrast))
        return " ".join(name for name, on in chosen if on)


NORMAL = Display()


def of(cookies) -> Display:
    """Modes from a cookie mapping; anything unknown is the normal page."""
    return Display(
        elder=cookies.get(DISPLAY_COOKIE) == "elder",
        contrast=cookies.get(CONTRAST_COOKIE) == "high",
    )
