"""Materials in words: grouped by when they are needed, honest about what may come later."""

from matters.presenting.materials import groups, row, when_words

SITUATIONS = [
    {
        "key": "investor",
        "question": "投资方里有外商吗？",
        "options": [{"key": "foreign", "label": "有外商"}, {"key": "mixed", "label": "都有"}],
    },
    {"key": "land", "question": "地是新增的吗？", "options": [{"key": "new", "label": "是"}]},
]


def material(key="form", **changes):
    return {
        "key": key,
        "name": key,
        "items": ["01"],
        "when": {},
        "necessity": "required",
        "waived": False,
        "e_licence": "",
        "one_of": [],
        "form": "原件",
        "copies": 1,
        "source": "申请人自备",
        "issuer": "",
        "blank_form": False,
        "deferral_days": None,
        "commitment_allowed": False,
        "tip": "",
        "standard": "",
        "basis": "",
    } | changes


def guide(*materials):
    return {"situations": SITUATIONS, "materials": list(materials)}


def test_always_first_then_by_situation_then_what_may_be_left_out():
    whole = guide(
        material("maybe", necessity="optional"),
        material("foreign", when={"investor": ["foreign"]}),
        material("form"),
        material("other", items=["02"]),
    )
    found = groups(whole, "01")
    assert [[entry.key for entry in group.rows] for group in found] == [
        ["form"],
        ["foreign"],
        ["maybe"],
    ]
    assert [group.opens for group in found] == [False, True, False]
    assert found[0].when == ""


def test_a_situation_reads_as_question_and_answer():
    when = {"investor": ["foreign", "mixed"], "land": ["new"]}
    assert when_words(guide(), when) == (
        "“投资方里有外商吗？”答“有外商”或者“都有”，并且“地是新增的吗？”答“是”的"
    )


def test_form_and_copies_are_counted_in_words():
    assert row(material(form="原件和复印件", copies=2)).handed_in == "原件和复印件各 2 份"
    assert row(material(form="电子")).handed_in == "电子版 1 份"


def test_a_deferrable_paper_names_its_own_or_the_usual_limit():
    assert row(material(necessity="deferrable")).later == "可以，60 个工作日内补"
    assert row(material(necessity="deferrable", deferral_days=10)).later == "可以，10 个工作日内补"


def test_a_waived_paper_is_not_offered_for_later():
    assert row(material(necessity="deferrable", waived=True)).deferrable is False


def test_the_issuer_is_named_when_it_is_known():
    assert row(material(source="政府部门核发", issuer="公安机关")).source == "由公安机关出具"
    assert row(material(source="申请人自备", issuer="公安机关")).source == "自己准备"
