"""The loader is all or nothing, says every error at once and changes nothing the second time."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from common.clock import now
from common.rowerrors import RowErrors
from matters.models import CatalogueListing, Material, Matter, MatterVersion, SearchEntry, Step
from matters.services.editions import prepare_version
from matters.services.loading import load_matters
from matters.services.publishing import publish_now
from matters.services.reviewing import approve_version, submit_version
from tests.catalogue import DATA
from tests.factories.matters import editor, reviewer

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the data that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def edit_csv(path: Path, row: int, **changes) -> None:
    """Change cells of a data row (0 = first) in place."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    rows[row] |= changes
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def edit_guide(folder: Path, seq: int, change) -> None:
    """Change a guide file in place."""
    path = folder / f"guides/{seq:03d}.json"
    guide = json.loads(path.read_text(encoding="utf-8"))
    change(guide)
    path.write_text(json.dumps(guide, ensure_ascii=False), encoding="utf-8")


def test_all_176_matters_are_published_with_their_parts():
    assert Matter.objects.licences().count() == 176
    assert MatterVersion.objects.published().count() == 176
    assert Material.objects.count() == 1615
    assert Step.objects.count() == 1096
    assert SearchEntry.objects.filter(kind="matter").count() == 176
    assert CatalogueListing.objects.filter(catalogue_list__slug="licences").count() == 176


def test_loading_again_changes_nothing():
    before = list(MatterVersion.objects.order_by("pk").values_list("pk", "status"))
    report = load_matters(DATA, moment=now())
    assert (report.published, report.unchanged) == (0, 176)
    assert list(MatterVersion.objects.order_by("pk").values_list("pk", "status")) == before


def test_a_changed_guide_becomes_version_two_and_the_old_one_stays(folder):
    edit_guide(folder, 113, lambda guide: guide.update(summary="开旅行社先办这个证"))
    assert load_matters(folder, moment=now()).published == 1
    old, new = MatterVersion.objects.filter(matter__seq=113).order_by("number")
    assert (old.status, new.status) == ("superseded", "published")
    assert new.snapshot["summary"] == "开旅行社先办这个证"
    assert old.snapshot["summary"] != new.snapshot["summary"]
    assert old.superseded_at == new.published_at


def test_every_wrong_cell_is_reported_and_nothing_is_written(folder):
    edit_csv(folder / "matters.csv", 0, promised_days="five", online="maybe")
    edit_csv(folder / "matters.csv", 4, district_department="没有的部门")
    edit_guide(folder, 10, lambda guide: guide["materials"][0].update(form="竹简"))
    before = MatterVersion.objects.count()
    with pytest.raises(RowErrors) as refusal:
        load_matters(folder, moment=now())
    found = {(error.file, error.row, error.column) for error in refusal.value.errors}
    assert found == {
        ("matters.csv", 2, "online"),
        ("matters.csv", 6, "district_department"),
        ("guides/010.json", 1, "materials[1].form"),
    }
    assert MatterVersion.objects.count() == before


def test_an_error_says_file_row_column_value_and_reason(folder):
    edit_csv(folder / "matters.csv", 0, online="maybe")
    with pytest.raises(RowErrors) as refusal:
        load_matters(folder, moment=now())
    assert str(refusal.value.errors[0]) == (
        "matters.csv 第 2 行“online”（maybe）：只能填写 true 或 false。"
    )


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda f: (f / "themes.csv").unlink(), "文件不存在"),
        (lambda f: (f / "guides/176.json").unlink(), "找不到这份指南"),
        (lambda f: (f / "guides/176.json").write_text("{", encoding="utf-8"), "不是有效的 JSON"),
        (lambda f: (f / "papers.csv").write_bytes("名称".encode("gbk")), "不是 UTF-8"),
        (lambda f: edit_csv(f / "matters.csv", 1, seq="1"), "重复"),
        (lambda f: edit_guide(f, 5, lambda g: g["materials"][0].update(items=["77"])), "77"),
        (lambda f: edit_csv(f / "material_map.csv", 1, paper="no_such_paper"), "没有这种"),
    ],
    ids=["no file", "no guide", "bad json", "encoding", "duplicate", "unknown item", "paper"],
)
def test_a_spoilt_folder_is_refused_with_the_reason(folder, spoil, reason):
    spoil(folder)
    with pytest.raises(RowErrors) as refusal:
        load_matters(folder, moment=now())
    assert any(reason in str(error) for error in refusal.value.errors)


def test_a_special_step_without_a_law_counts_in_the_limit():
    """行政许可法 art. 45 lists what stops the clock; without a basis nothing does."""
    assert not Step.objects.filter(special=True, counts_in_limit=False, basis="").exists()


def test_staged_matters_number_their_stages():
    building = MatterVersion.objects.published().get(matter__seq=70)
    stages = list(building.items.exclude(stage=None).order_by("stage").values_list("name"))
    assert building.staged
    assert [name for (name,) in stages] == [
        "分阶段施工许可：桩基（基坑）部位",
        "分阶段施工许可：主体部位",
    ]


def test_what_is_unknown_stays_empty_and_nothing_is_invented():
    versions = MatterVersion.objects.published()
    assert not versions.exclude(consult_phone="", complaint_phone="").exists()
    assert set(versions.values_list("implementing_uscc", flat=True)) == {
        "",
        "11120102MB0P40013N",
    }


def test_a_guide_that_asks_for_presence_does_not_promise_a_visit_less():
    """Rule 1 of policy §2.5: a visit has its reason, and an online matter may still need one."""
    passport = MatterVersion.objects.published().get(matter__seq=31)
    assert (passport.visits, passport.once) == (1, True)
    assert "本人到场" in passport.visit_reason
    assert not MatterVersion.objects.published().filter(visits__gt=0, visit_reason="").exists()


def test_a_file_does_not_overtake_an_edition_people_work_on(folder):
    matter = Matter.objects.get(seq=113)
    prepare_version(matter_id=matter.pk, by=editor())
    assert load_matters(folder, moment=now()).published == 0
    edit_guide(folder, 113, lambda guide: guide.update(summary="开旅行社先办这个证"))
    with pytest.raises(RowErrors) as refusal:
        load_matters(folder, moment=now())
    assert [error.row for error in refusal.value.errors] == [113]


def test_loading_again_leaves_an_edition_published_by_people_alone():
    author, judge = editor(), reviewer()
    draft = prepare_version(matter_id=Matter.objects.get(seq=113).pk, by=author)
    submit_version(version_id=draft.pk, by=author)
    approve_version(version_id=draft.pk, by=judge)
    publish_now(version_id=draft.pk, by=judge)
    assert load_matters(DATA, moment=now()).published == 0
    assert MatterVersion.objects.published().get(matter__seq=113) == draft
