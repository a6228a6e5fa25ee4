"""Loading the organisation tables: complete, repeatable, all or nothing."""

import csv
import shutil
from pathlib import Path

import pytest

from common.rowerrors import RowErrors
from organisations.models import Agency, ServiceCentre, Street, Window
from organisations.services import (
    load_agencies,
    load_centres,
    load_organisations,
    load_streets,
    load_windows,
)

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data"
MODELS = (Street, Agency, ServiceCentre, Window)


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def everything() -> list:
    rows = [list(model.objects.order_by("pk").values()) for model in MODELS]
    served = list(Window.agencies.through.objects.order_by("pk").values())
    return [*rows, served]


def errors_of(load, rows) -> set[tuple[int, str, str]]:
    with pytest.raises(RowErrors) as refusal:
        load(rows)
    return {(error.row, error.column, error.value) for error in refusal.value.errors}


def agency_row(**cells) -> dict[str, str]:
    row = {
        "slug": "new-body",
        "name": "天津市河东区某局",
        "short_name": "区某局",
        "kind": "区级部门",
        "certainty": "known",
    }
    return row | cells


def test_the_whole_folder_loads_and_a_second_load_changes_nothing():
    first = load_organisations(DATA)
    before = everything()
    second = load_organisations(DATA)
    assert first.created == second.unchanged == sum(len(rows) for rows in before[:4])
    assert (second.created, second.changed) == (0, 0)
    assert everything() == before


def test_figures_of_the_district():
    load_organisations(DATA)
    kinds = [centre.kind for centre in ServiceCentre.objects.all()]
    assert [kinds.count(kind) for kind in ServiceCentre.Kind.values] == [1, 5, 12]
    assert Street.objects.count() == 13
    assert Agency.objects.count() == 75
    assert Agency.objects.filter(kind="street", street__isnull=False).count() == 13


def test_exclave_is_a_street_without_a_centre_of_its_own():
    load_organisations(DATA)
    exclave = Street.objects.get(is_enclave=True)
    assert exclave.name == "天津铁厂街道"
    assert exclave.lies_in == "河北省涉县"
    assert not exclave.centres.exists()
    assert exclave.office.slug == "street-tianjin-tiechang"


def test_nothing_unverified_is_invented():
    load_organisations(DATA)
    known = Agency.objects.exclude(uscc="").values_list("slug", "uscc")
    assert list(known) == [("government-services-office", "11120102MB0P40013N")]
    assert not Agency.objects.exclude(consultation_phone="").exists()
    assert not ServiceCentre.objects.exclude(phone="", address="", hours="").exists()
    assert not Window.objects.filter(is_demonstration=False).exists()
    assert not Window.objects.exclude(number="").exists()


def test_every_name_of_an_agency_finds_it():
    load_organisations(DATA)
    index = Agency.objects.by_any_name()
    for name, agency in index.items():
        assert Agency.objects.resolve(name) == agency
    assert index["河东区政务服务办"].slug == "government-services-office"
    assert index["开户银行"].slug == "commercial-bank-branch"
    with pytest.raises(Agency.DoesNotExist):
        Agency.objects.resolve("没有这个局")
    assert ServiceCentre.objects.by_any_name()["公安办事服务中心"].slug == "police"


def test_agencies_are_sorted_by_pinyin():
    load_organisations(DATA)
    names = [agency.short_name for agency in Agency.objects.in_catalogue()]
    assert names.index("公安河东分局") < names.index("区教育局") < names.index("区税务局")


def test_parent_may_stand_further_down_the_table():
    rows = [
        agency_row(slug="child", parent_slug="new-body", name="子机构", short_name="子"),
        agency_row(),
    ]
    load_agencies(rows)
    assert Agency.objects.get(slug="child").parent.slug == "new-body"


def test_all_wrong_cells_are_reported_at_once_and_nothing_is_written():
    rows = [
        agency_row(),
        agency_row(slug="坏 slug", kind="局", certainty="maybe", in_catalogue="yes"),
        agency_row(slug="third", name="", short_name="", parent_slug="nobody", uscc="1112"),
        agency_row(slug="new-body", name="另一个局", short_name="另一局"),
    ]
    assert errors_of(load_agencies, rows) == {
        (3, "slug", "坏 slug"),
        (3, "kind", "局"),
        (3, "certainty", "maybe"),
        (3, "in_catalogue", "yes"),
        (3, "aliases", "天津市河东区某局"),
        (3, "aliases", "区某局"),
        (4, "name", ""),
        (4, "short_name", ""),
        (4, "parent_slug", "nobody"),
        (4, "uscc", "1112"),
        (5, "slug", "new-body"),
    }
    assert not Agency.objects.exists()


def test_a_name_belongs_to_one_agency():
    rows = [agency_row(), agency_row(slug="other", name="甲", short_name="乙", aliases="丙|区某局")]
    assert errors_of(load_agencies, rows) == {(3, "aliases", "区某局")}


def test_error_is_a_sentence_with_its_place():
    with pytest.raises(RowErrors) as refusal:
        load_agencies([agency_row(kind="局")])
    [error] = refusal.value.errors
    assert str(error).startswith("agencies.csv 第 2 行“kind”（局）：只能填写 区级部门、市垂管分局")


def test_wrong_centres_and_windows_are_reported():
    load_streets(table("hedong_streets.csv"))
    load_agencies(table("agencies.csv"))
    centre = {"slug": "c", "name": "某中心", "kind": "专业分中心", "agency_slug": "taxation"}
    centre["certainty"] = "estimated"
    assert errors_of(load_centres, [centre | {"street_code": "120102001"}]) == {
        (2, "street_code", "120102001")
    }
    assert errors_of(load_centres, [centre | {"kind": "街道便民服务中心"}]) == {
        (2, "street_code", "")
    }
    assert errors_of(load_centres, [centre | {"agency_slug": "", "facilities": "ramp|pool"}]) == {
        (2, "agency_slug", ""),
        (2, "facilities", "ramp|pool"),
    }
    assert errors_of(load_centres, [centre | {"phone": "call me"}]) == {(2, "phone", "call me")}
    load_centres([centre])
    window = {"centre_slug": "c", "slug": "w", "name": "某窗口", "kind": "专业窗口"}
    wrong = window | {"centre_slug": "d", "agencies": "taxation|nobody"}
    assert errors_of(load_windows, [wrong]) == {
        (2, "centre_slug", "d"),
        (2, "agencies", "taxation|nobody"),
    }
    assert errors_of(load_windows, [window, window]) == {(3, "slug", "w")}


@pytest.mark.parametrize("bad", ["agencies.csv", "service_centres.csv", "windows.csv"])
def test_an_error_in_any_table_writes_none_of_them(tmp_path, bad):
    for name in ("hedong_streets.csv", "agencies.csv", "service_centres.csv", "windows.csv"):
        shutil.copy(DATA / name, tmp_path / name)
    with (tmp_path / bad).open("a", encoding="utf-8") as stream:
        stream.write("only-a-slug\n")
    with pytest.raises(RowErrors):
        load_organisations(tmp_path)
    assert [model.objects.count() for model in MODELS] == [0, 0, 0, 0]


def test_a_folder_may_bring_the_catalogues_agencies_alone(tmp_path):
    for name in ("hedong_streets.csv", "agencies.csv"):
        shutil.copy(DATA / name, tmp_path / name)
    assert load_organisations(tmp_path).created == 88
    (tmp_path / "agencies.csv").unlink()
    with pytest.raises(RowErrors) as refusal:
        load_organisations(tmp_path)
    assert "文件不存在" in str(refusal.value.errors[0])


def test_another_encoding_is_named(tmp_path):
    text = (DATA / "hedong_streets.csv").read_text(encoding="utf-8")
    (tmp_path / "hedong_streets.csv").write_bytes(text.encode("gbk"))
    with pytest.raises(RowErrors) as refusal:
        load_organisations(tmp_path)
    assert "UTF-8" in str(refusal.value.errors[0])


def test_what_an_office_entered_survives_the_next_load():
    load_organisations(DATA)
    agency = Agency.objects.get(slug="taxation")
    agency.consultation_phone = "022-12345678"
    agency.save()
    own = Agency.objects.create(slug="own", name="自建机构", short_name="自建", kind="other")
    centre = ServiceCentre.objects.get(slug="district")
    centre.hours = "周一至周五 9:00—17:00"
    centre.save()
    load_organisations(DATA)
    agency.refresh_from_db()
    centre.refresh_from_db()
    assert agency.consultation_phone == "022-12345678"
    assert centre.hours == "周一至周五 9:00—17:00"
    assert Agency.objects.filter(pk=own.pk).exists()


def test_a_changed_cell_is_taken_over():
    load_agencies([agency_row()])
    report = load_agencies([agency_row(name="天津市河东区新名局", aliases="旧名局|区旧局")])
    assert (report.created, report.changed) == (0, 1)
    agency = Agency.objects.get(slug="new-body")
    assert agency.name == "天津市河东区新名局"
    assert agency.aliases == ["旧名局", "区旧局"]


def test_windows_follow_the_table():
    load_organisations(DATA)
    rows = [row for row in table("windows.csv") if row["slug"] == "company"]
    load_windows([rows[0] | {"agencies": "taxation"}])
    window = Window.objects.get(slug="company")
    assert [agency.slug for agency in window.agencies.all()] == ["taxation"]
