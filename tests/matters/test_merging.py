"""Two editors, one section: nothing is lost and nobody decides for the other."""

from matters.merging import changes, merge


def fields(**values):
    return {"fields": values, "rows": []}


def rows(*found):
    return {"fields": {}, "rows": [{"id": number, "q": text} for number, text in found]}


def numbers(document):
    return [row["id"] for row in document["rows"]]


def test_what_only_one_side_changed_is_taken_from_that_side():
    joined = merge(fields(a=1, b=1), fields(a=2, b=1), fields(a=1, b=3))
    assert joined.document["fields"] == {"a": 2, "b": 3}
    assert joined.clashes == []
    assert joined.taken == 1


def test_the_same_change_on_both_sides_is_no_clash():
    assert merge(fields(a=1), fields(a=2), fields(a=2)).clashes == []


def test_different_changes_of_one_field_are_left_to_a_person():
    joined = merge(fields(a=1), fields(a=2), fields(a=3))
    (clash,) = joined.clashes
    assert (clash.name, clash.mine, clash.theirs) == ("a", 2, 3)
    assert joined.document["fields"] == {"a": 2}


def test_rows_added_by_both_sides_are_all_kept():
    joined = merge(rows((1, "a")), rows((1, "a"), (None, "mine")), rows((1, "a"), (2, "theirs")))
    assert [row["q"] for row in joined.document["rows"]] == ["a", "theirs", "mine"]
    assert joined.clashes == []


def test_a_row_the_other_side_removed_untouched_by_me_goes():
    joined = merge(rows((1, "a"), (2, "b")), rows((1, "a"), (2, "b")), rows((1, "a")))
    assert numbers(joined.document) == [1]


def test_a_row_i_changed_and_they_removed_is_kept_and_asked_about():
    joined = merge(rows((1, "a")), rows((1, "new")), rows())
    (clash,) = joined.clashes
    assert clash.theirs is None
    assert joined.document["rows"][0]["q"] == "new"


def test_a_row_i_removed_and_they_changed_comes_back_and_is_asked_about():
    joined = merge(rows((1, "a"), (2, "b")), rows((1, "a")), rows((1, "a"), (2, "new")))
    (clash,) = joined.clashes
    assert clash.mine is None
    assert numbers(joined.document) == [1, 2]


def test_the_others_new_order_is_kept_when_i_did_not_reorder():
    base = rows((1, "a"), (2, "b"), (3, "c"))
    mine = rows((1, "a"), (2, "changed"), (3, "c"))
    theirs = rows((3, "c"), (1, "a"), (2, "b"))
    joined = merge(base, mine, theirs)
    assert numbers(joined.document) == [3, 1, 2]
    assert joined.document["rows"][2]["q"] == "changed"


def test_my_new_order_is_kept_when_they_did_not_reorder():
    base = rows((1, "a"), (2, "b"))
    assert numbers(merge(base, rows((2, "b"), (1, "a")), base).document) == [2, 1]


def test_without_a_base_every_difference_becomes_a_question():
    joined = merge(fields(), fields(a=2), fields(a=3))
    assert [clash.name for clash in joined.clashes] == ["a"]


def test_changes_name_the_element_and_both_values():
    before = fields(a=1, b=2)["fields"], rows((1, "x"), (2, "y"))["rows"]
    after = fields(a=1, b=3)["fields"], rows((2, "z"), (None, "n"))["rows"]
    found = changes(
        {"fields": before[0], "rows": before[1]}, {"fields": after[0], "rows": after[1]}
    )
    assert found == [
        ("b", 2, 3),
        ("2.q", "y", "z"),
        ("+1", None, {"q": "n"}),
        ("1", {"q": "x"}, None),
    ]


def test_a_new_order_is_a_change_of_its_own():
    before, after = rows((1, "a"), (2, "b")), rows((2, "b"), (1, "a"))
    assert changes(before, after) == [("order", [1, 2], [2, 1])]
