"""A small catalogue of the tests: one matter with a sound guide, without loading files."""

from accounts.models import User
from accounts.roles import Role
from common import clock
from matters.models import (
    BaseItem,
    BusinessItem,
    Condition,
    Faq,
    Fee,
    JointAgency,
    LegalBasis,
    Material,
    MaterialUse,
    Matter,
    MatterVersion,
    Paper,
    Result,
    Situation,
    SituationOption,
    Step,
    Theme,
    VersionTheme,
)
from matters.services.publishing import publish_versions
from organisations.models import Agency
from tests.factories.accounts import UserFactory
from tests.factories.organisations import AgencyFactory

ROLES = ("applicant", "window", "back_office", "leader", "delivery")
STEPS = ("申请", "受理", "审查", "决定", "送达")


def editor(**kwargs) -> User:
    """A member of staff with 目录编辑."""
    return UserFactory(roles=[Role.CATALOGUE_EDITOR], **kwargs)


def reviewer(**kwargs) -> User:
    """A member of staff with 目录审核."""
    return UserFactory(roles=[Role.CATALOGUE_REVIEWER], **kwargs)


def draft(seq: int = 9001, *, agency: Agency | None = None, **fields) -> MatterVersion:
    """A draft of a new matter with at least one row in every part table."""
    base = BaseItem.objects.create(code=f"00012{seq:04d}000", name=f"测试事项{seq}")
    matter = Matter.objects.create(seq=seq, name=f"测试事项{seq}", base_item=base)
    values = {
        "name": f"测试事项{seq}",
        "summary": "测试用的事项。",
        "applicants": "需要办理的人",
        "agency": agency or AgencyFactory(),
        "statutory_value": 20,
        "statutory_unit": "workday",
        "promised_value": 5,
        "handling_type": "2",
        "audience": ["person", "organisation"],
        "channels": ["1", "2"],
        "service_scope": "local",
        "online": True,
        "online_depth": "5",
        "instant": False,
        "once": True,
        "visits": 0,
        "in_hall": True,
        "commitment": False,
        "deferrable": False,
        "cross_province": False,
        "consult_phone": "022-24120000",
        "complaint_phone": "022-24120001",
        "number": 1,
    }
    version = MatterVersion.objects.create(matter=matter, **(values | fields))
    _add_parts(version)
    return version


def _add_parts(version: MatterVersion) -> None:
    item = BusinessItem.objects.create(
        version=version,
        suffix="01",
        name="新办",
        kind="new",
        statutory_value=20,
        statutory_unit="workday",
        promised_value=5,
        clock_starts="accepted",
        instant=False,
    )
    situation = Situation.objects.create(
        version=version, key="who", question="谁来办？", position=1
    )
    SituationOption.objects.create(situation=situation, key="self", label="本人", position=1)
    paper, _ = Paper.objects.get_or_create(key="id-card", defaults={"name": "身份证"})
    material = Material.objects.create(
        version=version,
        key="id-card",
        name="身份证",
        position=1,
        paper=paper,
        when={"who": ["self"]},
        necessity="required",
        form="copy",
        source="applicant",
    )
    MaterialUse.objects.create(material=material, item=item)
    for position, (name, role) in enumerate(zip(STEPS, ROLES, strict=True), 1):
        Step.objects.create(
            version=version, position=position, name=name, actor="工作人员", role=role, days=1
        )
    Condition.objects.create(version=version, kind="applies", position=1, sentence="有场地")
    Fee.objects.create(version=version, charged=False)
    Result.objects.create(
        version=version,
        name="许可证",
        kind="certificate",
        delivery=["窗口领取"],
        sample_note="看编号和有效期",
    )
    Faq.objects.create(version=version, position=1, question="多久？", answer="五个工作日。")
    LegalBasis.objects.create(
        version=version, position=1, law="《法》", article="第一条", gist="设定"
    )
    theme, _ = Theme.objects.get_or_create(
        slug="other", defaults={"name": "其他", "audience": "both", "kind": "theme", "position": 1}
    )
    VersionTheme.objects.create(version=version, theme=theme)
    JointAgency.objects.create(version=version, agency=AgencyFactory())


def in_force(seq: int = 9001, **fields) -> MatterVersion:
    """As `draft`, published by the initial import."""
    version = draft(seq, **fields)
    return publish_versions(version_ids=[version.pk], by=None, moment=clock.now())[0]
