"""What waits for whom at the editing desk: queries of the to-do page and of the home."""

from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from accounts.roles import Role
from matters import policies
from matters.models import CatalogueFinding, ElementChange, MatterVersion, VersionMove
from matters.workflow import VersionEvent, VersionStatus


@dataclass
class Worklist:
    """Editions that wait, by what must be done with them. Lists of versions with the annotations
    of `with_last_move`."""

    returned: list[MatterVersion] = field(default_factory=list)
    drafts: list[MatterVersion] = field(default_factory=list)
    others: list[MatterVersion] = field(default_factory=list)
    to_review: list[MatterVersion] = field(default_factory=list)
    to_publish: list[MatterVersion] = field(default_factory=list)
    under_review: list[MatterVersion] = field(default_factory=list)
    scheduled: list[MatterVersion] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """How many editions wait for this person."""
        mine = (self.returned, self.drafts, self.to_review, self.to_publish)
        return sum(len(rows) for rows in mine)


def with_last_move(versions: QuerySet) -> QuerySet:
    """Adds `last_event`, `last_by`, `last_at`, `last_reason` of the newest move."""
    last = VersionMove.objects.filter(version=OuterRef("pk")).order_by("-sequence")
    return (
        versions.select_related("matter", "agency")
        .defer("snapshot")
        .annotate(
            last_event=Subquery(last.values("event")[:1]),
            last_by=Subquery(last.values("by__display_name")[:1]),
            last_at=Subquery(last.values("at")[:1]),
            last_reason=Subquery(last.values("reason")[:1]),
        )
    )


def touched_by(user: User) -> Q:
    """Editions a person prepared, submitted or changed."""
    moves = VersionMove.objects.filter(by=user).values("version")
    changes = ElementChange.objects.filter(by=user).values("version")
    return Q(pk__in=moves) | Q(pk__in=changes)


def worklist(user: User) -> Worklist:
    """Everything on its way, sorted into this person's piles."""
    found = Worklist()
    rows = with_last_move(MatterVersion.objects.being_edited()).order_by("last_at")
    mine = set(MatterVersion.objects.being_edited().filter(touched_by(user)).values_list("pk"))
    for version in rows:
        pile = _pile(found, version, user, (version.pk,) in mine)
        pile.append(version)
    return found


def _pile(found: Worklist, version: MatterVersion, user: User, mine: bool) -> list:
    status = version.status
    if status == VersionStatus.SCHEDULED:
        return found.scheduled
    if status == VersionStatus.DRAFT:
        if not (mine and user.has_role(Role.CATALOGUE_EDITOR)):
            return found.others
        return found.returned if version.last_event == VersionEvent.RETURN else found.drafts
    if policies.may(user, VersionEvent.APPROVE, version):
        return found.to_review if status == VersionStatus.SUBMITTED else found.to_publish
    return found.under_review


def finding_counts(user: User) -> dict[str, int]:
    """Open findings this person sees, `{"blocking": n, "configure": n, "all": n}`."""
    rows = CatalogueFinding.objects.unresolved().visible_to(user)
    return rows.aggregate(
        all=Count("pk"),
        blocking=Count("pk", filter=Q(severity=CatalogueFinding.Severity.BLOCKING)),
        configure=Count("pk", filter=Q(severity=CatalogueFinding.Severity.CONFIGURE)),
    )
