"""Properties are judged by their answer, never by how busy the machine is."""

from hypothesis import settings

settings.register_profile("portal", deadline=None)
settings.load_profile("portal")
