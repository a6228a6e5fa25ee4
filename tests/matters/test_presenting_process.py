"""Steps never promise more days than the business item does."""

from matters.presenting.process import counted_days, days_fit, limit_rows, step_rows


def step(name, days=0, *, counts=True, special=False):
    return {
        "name": name,
        "actor": "审批科室",
        "days": days,
        "detail": "",
        "special": special,
        "counts": counts,
        "basis": "",
    }


def item(promised, *, unit="workday", instant=False, start="受理", statutory=20):
    return {
        "promised": promised,
        "statutory": statutory,
        "unit": unit,
        "instant": instant,
        "clock_starts": start,
    }


def guide(*items):
    steps = [
        step("申请", 2),
        step("受理", 0),
        step("现场踏勘", 1, special=True),
        step("专家评审", 10, counts=False, special=True),
        step("决定", 2),
    ]
    limit = {"source": "《某条例》第七条", "statutory": 20, "unit": "workday"}
    return {"items": list(items), "steps": steps, "limit": limit}


def times(whole, chosen):
    return [row.time for row in step_rows(whole, chosen)]


def test_the_applicants_own_step_is_never_counted():
    whole = guide(item(3))
    assert counted_days(whole) == 3
    assert step_rows(whole, whole["items"][0])[0].counted is False


def test_days_are_shown_where_they_fit_into_the_promise():
    whole = guide(item(3))
    assert times(whole, whole["items"][0]) == [
        "",
        "当天",
        "1 个工作日",
        "10 个工作日，不计入时限",
        "2 个工作日",
    ]


def test_days_are_hidden_for_an_item_with_a_shorter_promise():
    whole = guide(item(3), item(1))
    assert not days_fit(whole, whole["items"][1])
    assert times(whole, whole["items"][1]) == [""] * 5


def test_days_are_hidden_when_units_differ_or_the_decision_is_on_the_spot():
    whole = guide(item(5), item(5, unit="day"), item(0, instant=True))
    assert not days_fit(whole, whole["items"][1])
    assert not days_fit(whole, whole["items"][2])


def test_special_steps_say_whether_they_count():
    rows = step_rows(guide(item(3)), item(3))
    labels = [row.tags[0]["label"] for row in rows if row.special]
    assert labels == ["计入时限", "不计入时限"]


def rows_of(whole, chosen):
    return {row["label"]: row["value"] for row in limit_rows(whole, chosen)}


def test_limits_name_source_start_and_stops():
    rows = rows_of(guide(item(3)), item(3))
    assert rows["我们承诺"] == "3 个工作日内办完"
    assert rows["法律最长"] == "20 个工作日（《某条例》第七条）"
    assert rows["从哪天算"].startswith("材料齐全、出具受理通知")
    assert "第四十五条" in rows["哪些天不算"]
    assert "现场踏勘算在时限内" in rows["哪些天不算"]


def test_a_different_limit_does_not_borrow_the_first_items_source():
    rows = rows_of(guide(item(3)), item(3, statutory=7, unit="day", start="收到"))
    assert rows["法律最长"] == "7 天"
    assert rows["从哪天算"].startswith("收到全部材料")
    assert rows["哪些天不算"].startswith("周末和节假日也算在内")


def test_on_the_spot_reads_without_days():
    assert rows_of(guide(item(3)), item(0, instant=True))["我们承诺"] == "当场办结"
