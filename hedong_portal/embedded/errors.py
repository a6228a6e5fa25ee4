"""The one exception of the embedded servers."""


class EmbeddedError(Exception):
    """What went wrong and what to do next, as one Chinese sentence for the terminal."""
