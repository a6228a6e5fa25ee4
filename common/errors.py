"""The one way a rule says no."""


class Refused(Exception):
    """A request the rules do not allow.

    `code` names the rule (snake_case, stable), `message` is the Chinese sentence shown to the
    person: what happened and what to do next. `status` is the HTTP status of the answer
    (409 illegal move, 403 wrong person, 422 unusable input).
    """

    def __init__(self, code: str, message: str, *, status: int = 409):
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
