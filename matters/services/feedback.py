"""What readers say about a guide."""

from uuid import UUID

from accounts import throttle
from common.errors import Refused
from matters.models import GuideFeedback, MatterVersion

A_DAY = 24 * 3600
ANSWERS_A_DAY = 20


def give_feedback(
    *, version: MatterVersion, useful: bool, comment: str, submission: UUID, address: str
) -> GuideFeedback:
    """Keep one answer. The same `submission` again is the same answer, whatever it says.

    `address` is only counted for the day, under a digest; it is not stored. Raises `Refused`
    (429) after ANSWERS_A_DAY answers from one network.
    """
    known = GuideFeedback.objects.filter(submission=submission).first()
    if known is not None:
        return known
    if not throttle.within("guide-feedback", address, allowed=ANSWERS_A_DAY, seconds=A_DAY):
        raise Refused(
            "too_much_feedback",
            f"这个网络今天已经提交了 {ANSWERS_A_DAY} 条。请明天再来，急事请拨打 12345。",
            status=429,
        )
    row, _ = GuideFeedback.objects.get_or_create(
        submission=submission,
        defaults={
            "matter": version.matter,
            "version_number": version.number,
            "useful": useful,
            "comment": comment,
        },
    )
    return row
