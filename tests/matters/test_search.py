"""Ranks, reasons and marks of the search, and every kind of input it must survive."""

import io
import json
import shutil
import sys

import pytest
from django.core.management import call_command

from common.errors import Refused
from matters.models import SearchEntry, Synonym
from matters.querytext import MAX_QUERY, marked, normal, tidy, without_stop_phrases
from matters.search import Hit, catalogue_version, elsewhere, find, search, suggestions
from matters.services.bundle_entries import load_bundle_entries
from matters.services.thesaurus import add_synonym, load_synonyms, retire_synonym
from tests.catalogue import DATA
from tests.factories.accounts import UserFactory
from tests.factories.matters import editor as catalogue_editor

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


@pytest.fixture
def editor():
    return catalogue_editor()


def first(query: str) -> Hit:
    return search(query)[0]


@pytest.mark.parametrize(
    ("query", "seq", "reason"),
    [
        ("旅行社设立许可", 113, "名称"),
        ("开饭店", 147, "关键词“开饭店”"),
        ("我想开饭店怎么办？", 147, "关键词“开饭店”"),
        ("canyin", 147, "拼音“餐饮”"),
        ("lxs", 113, "拼音首字母“旅行社”"),
        ("147", 147, "序号 147"),
        ("第147项", 147, "序号 147"),
        ("000104001000", 1, "编码"),
        ("11120102MB0P40013N4000104001000", 1, "编码"),
        ("000104", 1, "编码的一部分"),
        ("开飯店", 147, "关键词“开饭店”"),
        ("食品京营许可", 147, "读音相近的“食品经营许可”"),
        ("护土证", 136, "字形相近的“护士证”"),
    ],
)
def test_each_way_of_asking_finds_the_matter_and_says_why(query, seq, reason):
    hit = first(query)
    assert (hit.seq, hit.reason) == (seq, reason)


def test_phrases_come_before_the_text():
    reasons = [hit.reason[:2] for hit in search("消防", limit=50)]
    first_text = reasons.index("正文")
    assert first_text and set(reasons[first_text:]) == {"正文"}


def test_two_letter_words_find_every_name_that_holds_them():
    named = set(
        SearchEntry.objects.filter(title__contains="消防").values_list("reference", flat=True)
    )
    assert named <= {str(hit.seq) for hit in search("消防", limit=200)}


def test_a_hit_in_the_text_shows_the_place():
    hit = next(hit for hit in search("消防", limit=200) if hit.reason.startswith("正文"))
    assert "消防" in hit.reason


@pytest.mark.parametrize("query", ["", "   ", "？！，。", "😀🎉", "\x00\x1f", "<>&\"'", "，、；："])
def test_nothing_to_look_for_finds_nothing(query):
    assert search(query) == []


@pytest.mark.parametrize(
    "query",
    [
        "开 饭 店",
        "“开饭店”！",
        "開饭店",
        "开\u200b饭\x00店",
        "😀开饭店😀",
        "（开饭店）",
        "开饭店？？？",
    ],
)
def test_punctuation_emoji_and_control_characters_do_not_matter(query):
    assert first(query).seq == 147


def test_full_width_letters_are_read_as_half_width():
    assert first("ＬＸＳ").seq == first("lxs").seq == 113
    assert first("ｋｔｖ").seq == 112


@pytest.mark.parametrize("query", ["护" * 5000, "开饭店" * 3000, "a" * 10_000, "%_\\'; DROP TABLE"])
def test_very_long_or_hostile_queries_end_well(query):
    assert all(isinstance(hit, Hit) for hit in search(tidy(query)))


def test_the_limit_is_kept_and_no_matter_comes_twice():
    hits = search("许可", limit=7)
    assert len(hits) == 7 == len({hit.seq for hit in hits})


def test_the_same_query_gives_the_same_order():
    assert search("施工") == search("施工")


def test_a_mistyped_pinyin_is_found_all_the_same():
    assert first("kaifandain").seq == 147
    assert first("shipingjingying").seq == 147
    assert suggestions("kaifandain")[0] == "开饭店"
    assert suggestions("") == []


def test_bundles_stand_among_the_answers():
    ids = [hit.ident for hit in find("新生儿", limit=3)]
    assert ids[0] == "B09" and not find("新生儿")[0].is_matter
    assert "B09" not in {hit.ident for hit in search("新生儿")}


@pytest.mark.parametrize("query", ["离婚", "买房过户", "二手车过户", "12345", "结婚登记", "违章"])
def test_what_another_office_does_is_no_weak_hit_here(query):
    assert find(query) == []
    assert elsewhere(query)


def test_an_editors_saying_is_used_at_once_and_no_more_once_retired(editor):
    add_synonym(words="量子摊子", targets=["144", "B03"], by=editor)
    assert [hit.ident for hit in find("量子摊子")][:2] == ["144", "B03"]
    retire_synonym(synonym_id=Synonym.objects.get(words="量子摊子").pk, by=editor)
    assert "144" not in [hit.ident for hit in find("量子摊子") if hit.score >= 1]


@pytest.mark.parametrize(("words", "targets"), [("", ["1"]), ("词", []), ("词", ["999"])])
def test_a_saying_that_leads_nowhere_is_refused(editor, words, targets):
    with pytest.raises(Refused):
        add_synonym(words=words, targets=targets, by=editor)


def test_only_the_catalogues_people_teach_the_search():
    with pytest.raises(Refused):
        add_synonym(words="词", targets=["1"], by=UserFactory())


def test_loading_the_sayings_again_changes_nothing():
    assert load_synonyms(DATA) == 0 and load_bundle_entries(DATA) == 0


def test_the_command_prints_one_array_a_line(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("开饭店\n\n离婚\n"))
    out = io.StringIO()
    call_command("find", "--stdin", "--json", stdout=out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert rows[0][0]["id"] == 147 and rows[0][0]["kind"] == "matter" and rows[0][0]["why"]
    assert rows[1:] == [[], []]


def test_a_new_edition_is_found_without_a_restart(tmp_path):
    assert search("量子饭碗") == []
    before = catalogue_version()
    folder = shutil.copytree(DATA, tmp_path / "data")
    file = folder / "guides" / "147.json"
    guide = json.loads(file.read_text(encoding="utf-8"))
    guide["keywords"].append("量子饭碗")
    file.write_text(json.dumps(guide, ensure_ascii=False), encoding="utf-8")
    call_command("load_catalogue", str(folder), stdout=io.StringIO())
    assert catalogue_version() != before
    assert first("量子饭碗").seq == 147


def test_searching_takes_one_query_once_the_index_stands(django_assert_num_queries):
    search("开饭店")
    with django_assert_num_queries(1):
        search("护士")


def test_marks_are_escaped_and_merged():
    assert marked("<b>开饭店</b>开", ("开饭店",)) == ("&lt;b&gt;<mark>开饭店</mark>&lt;/b&gt;开")
    assert marked("食品经营许可", ("食品", "品经")) == "<mark>食品经</mark>营许可"
    assert marked("饭店、商场", ("开饭店",)) == "<mark>饭店</mark>、商场"
    assert marked("ABC许可", ("abc",)) == "<mark>ABC</mark>许可"
    assert marked("原文", ()) == "原文"


def test_words_of_asking_are_taken_off_but_never_everything():
    assert without_stop_phrases(normal("请问开饭店怎么办理？")) == "开饭店"
    assert without_stop_phrases("怎么办") == "怎么办"


def test_a_long_query_is_cut_for_the_page():
    assert len(tidy("护 士" * 500)) <= MAX_QUERY
    assert tidy(" 开\x00饭\n店 ") == "开 饭 店"
