"""Contrast of every pair of tokens that meet on a page, computed from the style sheet itself."""

import re

import pytest
from django.conf import settings

CSS = (settings.BASE_DIR / "static" / "site.css").read_text(encoding="utf-8")
TEXT, LARGE_OR_GRAPHIC = 4.5, 3.0
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "sand"),
    ("ink", "tint"),
    ("ink", "warm"),
    ("ink", "mark"),
    ("muted", "paper"),
    ("muted", "sand"),
    ("muted", "tint"),
    ("muted", "warm"),
    ("river", "paper"),
    ("river", "sand"),
    ("river", "tint"),
    ("river", "warm"),
    ("river-press", "paper"),
    ("on-river", "river"),
    ("on-river", "river-press"),
    ("on-deep", "deep"),
    ("on-deep-muted", "deep"),
    ("cinnabar", "paper"),
    ("cinnabar", "warm"),
    ("on-cinnabar", "cinnabar"),
    ("on-cinnabar", "cinnabar-press"),
    ("ok", "ok-bg"),
    ("warn", "warn-bg"),
    ("err", "err-bg"),
    ("err", "paper"),
]
GRAPHIC_PAIRS = [("control", "paper"), ("river", "paper"), ("focus-out", "paper")]


def tokens(selector: str) -> dict[str, str]:
    """Colour tokens of the first rule of `selector`, six hex digits each."""
    block = re.search(re.escape(selector) + r" \{(.*?)\n\}", CSS, re.DOTALL)[1]
    found = re.findall(r"--([\w-]+): #([0-9a-f]{3,6});", block)
    return {name: hex_ if len(hex_) == 6 else "".join(c * 2 for c in hex_) for name, hex_ in found}


NORMAL = tokens(":root")
MODES = {"normal": NORMAL, "contrast": NORMAL | tokens("html.contrast")}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of "rrggbb"."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2), 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_knows_black_and_white():
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("0a4fa3", "ffffff") == pytest.approx(7.89, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable(mode, text, ground):
    needed = 7 if mode == "contrast" and (text, ground) == ("ink", "paper") else TEXT
    assert contrast(MODES[mode][text], MODES[mode][ground]) >= needed


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("mark", "ground"), GRAPHIC_PAIRS)
def test_controls_and_focus_are_visible(mode, mark, ground):
    assert contrast(MODES[mode][mark], MODES[mode][ground]) >= LARGE_OR_GRAPHIC


def test_colours_live_in_tokens_only():
    rules = CSS[CSS.index("/* ---------- ground") : CSS.index("/* ---------- print")]
    allowed = {"#111", "#fff"}  # the skip link on its yellow, and the white behind a QR code
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= allowed


def test_nothing_floats_slides_or_throws_a_shadow():
    shadows = re.findall(r"box-shadow: ([^;]+);", CSS)
    assert set(shadows) <= {"0 0 0 3px var(--focus-in)", "none"}  # the focus ring only
    assert "@keyframes" not in CSS
    assert "position: fixed" not in CSS


def test_elder_mode_is_22_px_with_60_px_controls():
    block = re.search(r"html\.elder \{(.*?)\n\}", CSS, re.DOTALL)[1]
    percent = float(re.search(r"font-size: ([\d.]+)%", block)[1])
    target = float(re.search(r"--target: ([\d.]+)rem", block)[1])
    assert 16 * percent / 100 * 1.0625 >= 22
    assert 16 * percent / 100 * target >= 60


def test_every_token_that_is_used_exists():
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))
    assert used <= set(re.findall(r"--([\w-]+):", CSS))
