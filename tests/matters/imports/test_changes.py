"""What an import changes, what it leaves alone, and whose drafts it touches."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from audit.chain import breaks
from common.errors import Refused
from matters import snapshot
from matters.models import ElementChange, ImportJob, Material, MatterVersion, Step, VersionMove
from matters.models.import_job import ImportState
from matters.services.checking import whole
from matters.services.editions import prepare_version
from matters.services.imports import jobs, running
from tests.factories.accounts import UserFactory
from tests.factories.organisations import MembershipFactory
from tests.matters.imports.files import csv_text, main, with_part, xlsx

pytestmark = pytest.mark.usefixtures("loaded_catalogue")

SUMMARY = {"事项": [["事项序号", "一句话说明"], [113, "新的说明"]]}


def draft(seq: int) -> MatterVersion:
    return MatterVersion.objects.being_edited().get(matter__seq=seq)


def in_force(seq: int) -> MatterVersion:
    return MatterVersion.objects.published().get(matter__seq=seq)


def guide(version: MatterVersion) -> dict:
    """The guide without what every new edition has of its own."""
    built = snapshot.build(whole([version.pk]).get())
    return {k: v for k, v in built.items() if k not in ("version", "effective_on")}


def test_one_changed_cell_makes_one_draft_equal_in_everything_else(check, write, editor):
    job = check(xlsx(SUMMARY))
    assert job.counts == {"added": 0, "changed": 1, "unchanged": 0}
    assert [c["heading"] for c in job.preview[0]["changes"]] == ["一句话说明"]
    assert not MatterVersion.objects.being_edited().exists()
    assert write(job).state == ImportState.DONE
    made, before = draft(113), in_force(113)
    assert guide(made) == guide(before) | {"summary": "新的说明"}
    assert (made.status, made.number) == ("draft", before.number + 1)
    move = VersionMove.objects.get(version=made)
    assert (move.event, move.by) == ("prepare", editor)
    assert list(breaks(VersionMove)) == []


def test_the_same_file_again_changes_nothing(check, write):
    write(check(xlsx(SUMMARY)))
    before = list(MatterVersion.objects.order_by("pk").values_list("pk", "status"))
    job = check(xlsx(SUMMARY))
    assert job.counts == {"added": 0, "changed": 0, "unchanged": 1}
    assert list(MatterVersion.objects.order_by("pk").values_list("pk", "status")) == before


def test_an_own_draft_is_changed_in_place(check, write):
    write(check(xlsx(SUMMARY)))
    first = draft(113).pk
    lines = [["事项序号", "一句话说明", "咨询电话"], [113, "又一个说明", "022-24120000"]]
    job = write(check(xlsx({"事项": lines})))
    assert job.state == ImportState.DONE
    assert draft(113).pk == first
    assert draft(113).summary == "又一个说明"
    changes = ElementChange.objects.filter(version=first).values_list("element", "before", "after")
    assert ("summary", "新的说明", "又一个说明") in list(changes)
    assert list(breaks(ElementChange)) == []


@pytest.mark.parametrize("by_colleague", [True, False])
def test_a_colleagues_draft_is_a_conflict_unless_nothing_differs(check, by_colleague):
    colleague = UserFactory(roles=[Role.CATALOGUE_EDITOR])
    theirs = prepare_version(matter_id=in_force(113).matter_id, by=colleague)
    theirs.summary = "同事的说明"
    theirs.save()
    text = "新的说明" if by_colleague else in_force(113).summary
    job = check(xlsx({"事项": [["事项序号", "一句话说明"], [113, text]]}))
    if by_colleague:
        assert job.state == ImportState.REFUSED
        assert (job.errors[0]["row"], job.errors[0]["column"]) == (2, "事项序号")
        assert "别人正在编辑" in job.errors[0]["reason"]
    else:
        assert job.counts["unchanged"] == 1
    theirs.refresh_from_db()
    assert theirs.summary == "同事的说明"


def test_a_new_matter_with_every_part(check, write):
    names = ("受理", "审查", "决定", "办结", "送达")
    job = check(xlsx(with_part("办理环节", *({"环节名称": name} for name in names))))
    assert job.errors == []
    assert write(job).state == ImportState.DONE
    made = guide(draft(9001))
    assert made["name"] == "测试许可"
    assert [item["suffix"] for item in made["items"]] == ["01"]
    assert made["materials"][0]["items"] == ["01"]
    assert made["situations"][0]["options"][0]["label"] == "是，租的"
    assert made["fee"]["charged"] is False
    assert made["audience"] == ["organisation"]


def test_missing_parts_of_a_new_matter_are_told_and_not_refused(check):
    job = check(xlsx(main()))
    assert job.state == ImportState.READY
    assert job.counts["added"] == 1


def test_a_contradiction_of_the_file_is_an_error_with_its_cell(check):
    lines = [["事项序号", "一次办", "到现场次数", "必须到现场的原因"], [113, "是", 3, "核对原件"]]
    job = check(xlsx({"事项": lines}))
    assert job.state == ImportState.REFUSED
    assert ("事项", 2, "到现场次数") in [(e["sheet"], e["row"], e["column"]) for e in job.errors]


def test_a_sheet_of_parts_replaces_the_rows_of_its_matters_only(check, write):
    before = guide(in_force(113))
    steps = Step.objects.filter(version=in_force(113)).count()
    lines = [["事项序号", "问题", "回答"], [113, "只有一个问题？", "是的。"]]
    write(check(xlsx({"常见问题": lines})))
    made = guide(draft(113))
    assert made["faqs"] == [{"q": "只有一个问题？", "a": "是的。"}]
    assert made == before | {"faqs": made["faqs"]}
    assert Step.objects.filter(version=draft(113)).count() == steps


def test_renewing_items_keeps_what_the_materials_say_about_them(check, write):
    version = in_force(113)
    uses = [(m["key"], m["items"]) for m in guide(version)["materials"]]
    lines = [["事项序号", "办理项序号", "业务办理项名称", "类别", "法定时限", "时限单位",
              "承诺时限", "起算", "即办"]]  # fmt: skip
    lines += [
        [113, i.suffix, f"{i.name}（改）"[:100], i.get_kind_display(), i.statutory_value,
         i.get_statutory_unit_display(), i.promised_value, i.get_clock_starts_display(),
         "是" if i.instant else "否"]
        for i in version.items.all()
    ]  # fmt: skip
    write(check(xlsx({"业务办理项": lines})))
    made = guide(draft(113))
    assert [(m["key"], m["items"]) for m in made["materials"]] == uses
    assert all(item["name"].endswith("（改）") for item in made["items"])


def test_an_item_the_materials_need_cannot_be_left_out(check):
    first = Material.objects.filter(version=in_force(113)).first()
    assert first is not None
    lines = with_part("业务办理项", {"事项序号": 113, "办理项序号": "09"})["业务办理项"]
    job = check(xlsx({"业务办理项": lines}))
    assert job.state == ImportState.REFUSED
    assert job.errors[0]["column"] == "办理项序号"


def test_a_change_after_the_preview_asks_again(check, write, editor):
    job = check(xlsx(SUMMARY))
    prepare_version(matter_id=in_force(113).matter_id, by=editor)
    job = write(job)
    assert job.state == ImportState.WAITING
    assert running.run_next()
    job.refresh_from_db()
    assert job.state == ImportState.READY
    assert job.confirmed_at is not None


def test_an_older_preview_cannot_be_confirmed(check, editor):
    job = check(xlsx(SUMMARY))
    with pytest.raises(Refused):
        jobs.confirm(job_id=job.pk, by=editor, plan_hash="0:0")


def test_a_post_for_one_agency_covers_no_other(check):
    person = UserFactory(roles=[Role.CATALOGUE_EDITOR])
    MembershipFactory(user=person, role=Role.CATALOGUE_EDITOR)
    job = check(xlsx(SUMMARY), by=person)
    assert job.state == ImportState.REFUSED
    assert "不管这个部门" in job.errors[0]["reason"]


def test_only_an_editor_hands_in(db):
    reader = UserFactory(roles=[Role.WINDOW])
    with pytest.raises(Refused):
        jobs.hand_in(upload=SimpleUploadedFile("a.csv", b"x"), by=reader)
    assert not ImportJob.objects.exists()


# --- how tables are really sent ---

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_common_encodings_are_read(check, encoding):
    job = check(csv_text(SUMMARY["事项"]).encode(encoding), name="a.csv")
    assert (job.state, job.counts["changed"]) == (ImportState.READY, 1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_common_delimiters_are_read(check, delimiter):
    job = check(csv_text(SUMMARY["事项"], delimiter), name="a.csv")
    assert (job.state, job.counts["changed"]) == (ImportState.READY, 1)


def test_numbers_as_text_full_width_digits_and_serial_dates_are_read(check, write):
    lines = [
        ["表：河东区事项"],
        [" 事项序号 ", "承诺办结时限*", "取消日期", "咨询电话"],
        ["１１３", f" {in_force(113).promised_value} ", 47_000, "０２２－２４１２００００"],
        [None],
        [114, float(in_force(114).promised_value), "2030年1月5日", "022-24120001"],
    ]
    job = check(xlsx({"事项": lines}))
    assert job.errors == []
    write(job)
    made = draft(113)
    assert made.retire_on.isoformat() == "2028-09-04"
    assert made.consult_phone == "022-24120000"
    assert draft(114).retire_on.isoformat() == "2030-01-05"


def test_a_value_merged_over_rows_holds_for_all_of_them(check, write):
    def merge(book):
        book["常见问题"].merge_cells("A2:A3")

    lines = [["事项序号", "问题", "回答"], [113, "一？", "一。"], [None, "二？", "二。"]]
    write(check(xlsx({"常见问题": lines}, edit=merge)))
    assert [faq["q"] for faq in guide(draft(113))["faqs"]] == ["一？", "二？"]
