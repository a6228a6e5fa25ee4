"""The pages and the PDF of a model dossier."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from common.clock import now
from common.errors import Refused
from matters.documents.compiler import compile_pdf
from matters.models import MatterVersion, SampleDossier, SampleFile
from tests.html_rules import breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")

RENTED = "item=01&q_premises=rented&q_deposit=cash"


def words(body: bytes) -> str:
    """The text of a PDF without white space."""
    pages = PdfReader(io.BytesIO(body)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_the_dossier_follows_the_situation(client):
    rented = client.get(f"/item/113/sample/?{RENTED}").content.decode()
    owned = client.get("/item/113/sample/?item=01&q_premises=owned").content.decode()
    assert 'id="lease"' in rented and 'id="property_cert"' not in rented
    assert 'id="property_cert"' in owned and 'id="lease"' not in owned


def test_what_the_reader_leaves_out_is_assumed_and_forged_answers_are_ignored(client):
    plain = client.get("/item/113/sample/")
    forged = client.get("/item/113/sample/?item=99&q_premises=nonsense")
    assert plain.status_code == forged.status_code == 200
    assert plain.content.count(b'class="sheet-row"') == forged.content.count(b'class="sheet-row"')


def test_every_sheet_says_that_it_is_an_example(client):
    html = client.get("/item/113/sample/").content.decode()
    sheets = html.count('class="sheet-row"')
    assert sheets == 8
    assert html.count("<b>示例</b>") == sheets
    assert html.count('class="sheet-foot">演示样例') == sheets


def test_a_sheet_explains_its_marks(client):
    html = client.get("/item/113/sample/lease/").content.decode()
    assert "租赁合同租期不足1年" in html
    assert 'href="#lease-n1"' in html and 'id="lease-n1"' in html
    assert breaches(html) == []


def test_the_guide_and_the_list_lead_to_the_example(client):
    guide = client.get("/item/113/").content.decode()
    mine = client.get(f"/item/113/materials/?{RENTED}").content.decode()
    for html in (guide, mine):
        assert "/item/113/sample/lease/?item=01" in html
        assert "常见错误" in html


@pytest.mark.parametrize("path", ["/item/113/sample/nothing/", "/item/999/sample/"])
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_pdf_says_what_the_page_says_and_is_kept(client):
    path = f"/item/113/sample/download.pdf?{RENTED}"
    response = client.get(path)
    assert response["Content-Type"] == "application/pdf"
    text = words(response.content)
    for expected in (
        "旅行社设立许可样板卷",
        "租赁合同租期不足1年",
        "经营业务范围",
        "【√】国内旅游",
    ):
        assert expected in text
    pages = PdfReader(io.BytesIO(response.content)).pages
    assert all("示例" in page.extract_text() for page in pages)
    kept = SampleFile.objects.get(dossier__matter__seq=113)
    assert kept.sha256 == hashlib.sha256(response.content).hexdigest()
    assert client.get(path).content == response.content


def test_a_new_edition_is_printed_anew(client):
    path = f"/item/113/sample/download.pdf?{RENTED}"
    before = client.get(path).content
    row = SampleDossier.objects.get(matter__seq=113)
    row.snapshot["pages"][0]["body"] += "\n补充栏目：新的示例"
    row.save()
    after = client.get(path).content
    assert "补充栏目" in words(after) and "补充栏目" not in words(before)
    assert SampleFile.objects.filter(dossier=row).count() == 1


def test_another_spelling_of_the_address_leads_to_the_one_that_is_kept(client):
    response = client.get("/item/113/sample/download.pdf?x=1")
    assert response.status_code == 302
    assert response["Location"] == f"/item/113/sample/download.pdf?{RENTED}"


def test_every_character_of_every_dossier_can_be_printed():
    """A missing glyph is an error of the standard, so one PDF of all characters is the proof."""
    contents = str(list(SampleDossier.objects.values_list("snapshot", flat=True)))
    guides = str(list(MatterVersion.objects.published().values_list("snapshot", flat=True)))
    characters = "".join(sorted(set(contents + guides)))
    data = {"title": "全部用字", "site": "", "lead": characters, "facts": [["甲", "乙"]]}
    data |= {"disclaimer": "", "invented": "", "mistakes": [], "sheets": []}
    assert len(characters) > 1500
    assert compile_pdf("sample", data, moment=now()).startswith(b"%PDF-")


@pytest.mark.parametrize("seq", [1, 109, 136])
def test_a_dossier_of_any_matter_is_printed(client, seq):
    response = client.get(f"/item/{seq}/sample/download.pdf", follow=True)
    assert response.content.startswith(b"%PDF-")


def test_a_character_without_a_glyph_stops_the_document():
    data = {"title": "☑", "site": "", "lead": "", "facts": [["甲", "乙"]], "disclaimer": ""}
    data |= {"invented": "", "mistakes": [], "sheets": []}
    with pytest.raises(Refused, match="打印不了的字"):
        compile_pdf("sample", data, moment=now())


def test_what_is_printed_never_becomes_markup():
    data = {"title": "#panic(1) *甲* $a$", "site": "", "lead": "", "facts": [["甲", "乙"]]}
    data |= {"disclaimer": "", "invented": "", "mistakes": [], "sheets": []}
    assert "#panic(1)*甲*$a$" in words(compile_pdf("sample", data, moment=now()))
