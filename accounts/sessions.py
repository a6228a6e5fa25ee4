"""How long a signed-in session of staff lives: pure facts about moments.

GB/T 22239-2019 asks for an automatic end after idleness; ASVS 5.0 7.3.1 and 7.3.2 for an idle and
an absolute limit. Moments are whole seconds since the epoch, so that they fit the session's JSON.
"""

from dataclasses import dataclass

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
#: A request writes the session only when the last note is older than this.
NOTE_EVERY = 60

REASONS = {
    "idle": "您有一段时间没有操作，系统已自动退出登录。请重新登录，登录后会回到刚才的页面。",
    "age": "本次登录已满规定时长，系统已自动退出。请重新登录，登录后会回到刚才的页面。",
}


@dataclass(frozen=True)
class Limits:
    """Seconds a session may stay idle and may last in all."""

    idle: int
    age: int


def begin(session, now: int) -> None:
    """Note the start of a session right after signing in."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = now


def end_reason(session, now: int, limits: Limits) -> str:
    """Why the session is over (`idle`, `age`), or "" while it lives.

    A session without our marks was not begun by our sign-in page and counts from now on.
    """
    if now - session.get(SIGNED_IN_AT, now) >= limits.age:
        return "age"
    if now - session.get(SEEN_AT, now) >= limits.idle:
        return "idle"
    return ""


def note_seen(session, now: int) -> None:
    """Remember that the person is active; writes at most once a minute."""
    session.setdefault(SIGNED_IN_AT, now)
    if now - session.get(SEEN_AT, 0) >= NOTE_EVERY:
        session[SEEN_AT] = now
