"""清单公开: every number can be counted again, in the files of the data and in the download."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from matters.models import CatalogueList, CatalogueListing, Matter, ProofItem
from matters.public_lists.table import LISTS
from matters.services.cross_lists import mismatches, unconfigured
from tests.catalogue import DATA
from tests.html_rules import breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


def matters_of_the_file() -> list[dict[str, str]]:
    with (DATA / "matters.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def guides_of_the_files() -> list[dict]:
    return [json.loads(path.read_text("utf-8")) for path in (DATA / "guides").glob("*.json")]


def count_of(slug: str) -> int:
    return next(entry.count() for entry in LISTS if entry.slug == slug)


def test_flags_are_counted_as_the_file_has_them():
    rows = matters_of_the_file()
    for slug, column in (
        ("online", "online"),
        ("instant", "instant"),
        ("commitment", "notification_commitment"),
        ("deferrable", "deferred_materials"),
    ):
        assert count_of(slug) == sum(row[column] == "true" for row in rows)


def test_instant_cases_and_deferrable_papers_are_counted_as_the_guides_have_them():
    guides = guides_of_the_files()
    assert count_of("on-the-spot") == sum(not g["items"][0]["promised_days"] for g in guides)
    papers = [m for g in guides for m in g["materials"] if m["required"] == "容缺"]
    assert count_of("deferrable-materials") == len(papers) == 164


@pytest.mark.parametrize("entry", LISTS, ids=lambda entry: entry.slug)
def test_a_list_has_as_many_rows_as_it_says_in_its_columns(entry):
    rows = list(entry.rows())
    assert len(rows) == entry.count()
    assert {len(row.cells) for row in rows} <= {len(entry.columns)}


@pytest.mark.parametrize("entry", [e for e in LISTS if e.ratios is not tuple], ids=lambda e: e.slug)
def test_a_ratio_is_the_list_over_all_licences_and_the_link_shows_the_same(client, entry):
    ratio = next(r for r in entry.ratios() if r.numerator == entry.count())
    assert ratio.denominator == Matter.objects.licences().count()
    response = client.get(entry.filtered_url)
    assert response.context["page_obj"].paginator.count == ratio.numerator
    html = client.get(entry.url).content.decode()
    assert f"{ratio.denominator} 项中 {ratio.numerator} 项" in html
    assert ratio.definition in html
    assert entry.filtered_url.replace("&", "&amp;") in html


def test_the_instant_list_prints_both_ratios(client):
    html = client.get("/lists/instant/").content.decode()
    assert "176 项中 171 项" in html
    assert "176 项中 18 项" in html


def test_one_page_leads_to_every_list_with_its_count(client):
    html = client.get("/lists/").content.decode()
    for entry in LISTS:
        assert f'href="{entry.url}"' in html
        count = entry.count()
        assert (f"{count} {entry.unit}" if count else "待配置") in html
    assert breaches(html) == []


@pytest.mark.parametrize("entry", LISTS, ids=lambda entry: entry.slug)
def test_a_list_page_keeps_the_rules(client, entry):
    html = client.get(entry.url).content.decode()
    assert breaches(html) == []
    assert entry.basis in html


def test_the_download_holds_what_the_page_shows(client):
    query = "?q=身份证明&dept=区市场监管局"
    page = client.get(f"/lists/proofs/{query}")
    shown = page.context["page_obj"].paginator.count
    body = b"".join(client.get(f"/lists/proofs/{query}&export=csv").streaming_content)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert 0 < shown == len(rows) - 1
    assert all("身份证明" in row[0] for row in rows[1:])
    book = load_workbook(io.BytesIO(client.get(f"/lists/proofs/{query}&export=xlsx").content))
    assert book.active.max_row == shown + 1


def test_what_is_unknown_is_to_be_configured(client):
    html = client.get("/lists/proofs/?q=原户籍注销证明").content.decode()
    assert "（待配置）" in html
    assert "还没有" not in html


def test_an_unknown_list_is_not_found_and_an_empty_one_says_so(client):
    assert client.get("/lists/nothing/").status_code == 404
    html = client.get("/lists/investment/").content.decode()
    assert "这张清单待配置" in html


def test_a_list_of_the_office_can_be_filtered_in_the_catalogue(client):
    listing = CatalogueList.objects.get(slug="investment")
    CatalogueListing.objects.create(
        catalogue_list=listing, matter=Matter.objects.get(seq=1), note="企业投资项目核准"
    )
    response = client.get("/catalog/?list=investment")
    assert response.context["page_obj"].paginator.count == 1
    assert "企业投资项目核准" in client.get("/lists/investment/").content.decode()


def test_contradictions_are_those_of_the_files():
    with (DATA / "crossprovince_matters.csv").open(encoding="utf-8", newline="") as handle:
        listed = {int(r["matter_seq"]) for r in csv.DictReader(handle) if r["matter_seq"].isdigit()}
    flagged = {int(r["seq"]) for r in matters_of_the_file() if r["cross_province"] == "true"}
    found = {(entry.seq, entry.code) for entry in mismatches()}
    cross = {seq for seq, code in found if code == "cross_province_not_listed"}
    assert cross == flagged - listed
    assert not any(code == "cross_province_not_flagged" for _, code in found)
    assert not any(code == "proof_not_listed" for _, code in found)
    assert {entry.slug for entry in unconfigured()} == {
        "market-access",
        "investment",
        "construction",
        "supervision",
    }


def test_a_proof_that_falls_off_the_list_is_a_contradiction():
    ProofItem.objects.filter(matter__seq=44, name="生活保障证明").delete()
    assert ("proof_not_listed", 44) in {(entry.code, entry.seq) for entry in mismatches()}
