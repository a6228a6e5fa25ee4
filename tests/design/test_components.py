"""Components: documented, and right at the edges of what they are given."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from pages import drawings
from pages.drawings import Stop
from pages.templatetags import portal_ui

FOLDER = settings.BASE_DIR / "templates" / "components"
NAMES = sorted(path.name for path in FOLDER.glob("*.html"))


@pytest.mark.parametrize("name", [n for n in NAMES if n != "prose_line.html"])
def test_each_component_says_its_parameters_first(name):
    assert (FOLDER / name).read_text(encoding="utf-8").startswith("{# ")


def test_the_list_names_every_component():
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in listed] == []


@pytest.mark.parametrize(
    ("days", "words", "css"),
    [
        (5, "还剩 5 个工作日", "ok"),
        (2, "还剩 2 个工作日", "warn"),
        (0, "今天到期", "warn"),
        (-3, "超期 3 个工作日", "err"),
    ],
)
def test_remaining_time_is_words_with_a_colour(days, words, css):
    html = render_to_string("components/clock_tag.html", {"days_left": days})
    assert words in html
    assert f'class="tag {css}"' in html


def test_a_ratio_of_nothing_is_not_a_number():
    html = render_to_string(
        "components/kpi.html", {"label": "好评率", "numerator": 0, "denominator": 0}
    )
    assert "—" in html
    assert "暂无数据" in html
    assert "%" not in html


def test_a_ratio_prints_its_parts():
    html = render_to_string(
        "components/kpi.html", {"label": "网上办", "numerator": 173, "denominator": 176}
    )
    assert "98.30" in html
    assert "176 项中 173 项" in html


@pytest.mark.parametrize("value", ["", None])
def test_an_unknown_value_is_to_be_configured(value):
    assert "（待配置）" in portal_ui.or_unset(value)


def test_zero_is_a_value():
    assert portal_ui.or_unset(0) == "0"


def test_a_value_is_escaped():
    assert portal_ui.or_unset("<b>") == "&lt;b&gt;"


def test_an_unknown_icon_becomes_a_plain_one():
    assert portal_ui.icon("no-such-icon") == portal_ui.icon("document-text")


def test_a_qr_code_is_named_and_has_no_style():
    svg = portal_ui.qr_svg("https://portal.example/item/1/", '扫码"打开')
    assert 'role="img"' in svg
    assert "扫码&quot;打开" in svg
    assert "style" not in svg


def test_the_time_line_marks_special_steps_and_waiting():
    stops = [
        Stop("受理"),
        Stop("现场核查", special=True, counted=False),
        Stop("决定", "1 个工作日"),
    ]
    svg = drawings.time_line(stops, "办理流程")
    assert svg.count("d-special") == 1
    assert svg.count("d-wait") == 1
    assert svg.count("d-line") == 1
    assert "<desc>1 受理，2 现场核查，3 决定</desc>" in svg


def test_the_time_line_never_obeys_markup():
    assert "<script" not in drawings.time_line([Stop("<script>")], "<b>")


def test_no_steps_no_drawing():
    assert drawings.time_line([], "办理流程") == ""


@pytest.mark.parametrize("count", range(1, 13))
def test_the_texts_of_neighbours_never_touch(count):
    gap = drawings.WIDTH / count
    lines = drawings._texts(Stop("特殊环节现场勘验核查", "5 个工作日", "区市场监督管理局窗口"), gap)
    sizes = {"d-name": 16, "d-days": 14, "d-note": 13, "d-warn": 13}
    widest = max(len(text) * sizes[css] for css, text in lines if css != "d-warn")
    assert widest <= max(gap, 32)
