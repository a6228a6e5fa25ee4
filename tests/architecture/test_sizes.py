"""Good code is small in the middle; these caps hold the tail (design/style §3.4)."""

import ast

import pytest

from tests.architecture.source import APPS, ROOT, name, python_files, templates

FUNCTION_CAP, MODULE_CAP, TEST_CAP, TEMPLATE_CAP = 60, 400, 600, 150
SETTINGS_CAP, COMMON_MODULE_CAP, COMMON_CAP, README_CAP = 500, 300, 1200, 120


def length(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def long_functions(source: str, cap: int) -> list[str]:
    """Names of functions of more than `cap` lines."""
    return [
        f"{node.name} ({node.end_lineno - node.lineno + 1})"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > cap
    ]


def test_functions_stay_under_the_cap():
    too_long = {
        name(path): found
        for path in python_files(*APPS, "tests", "benchmarks")
        if (found := long_functions(path.read_text(encoding="utf-8"), FUNCTION_CAP))
    }
    assert too_long == {}


def test_the_function_cap_can_fail():
    assert long_functions("def f():\n" + "    x = 1\n" * 60, FUNCTION_CAP) == ["f (61)"]


def too_long_modules(paths, cap):
    return {name(path): length(path) for path in paths if length(path) > cap}


def test_modules_stay_under_the_cap():
    modules = [p for p in python_files(*APPS) if p.name != "settings.py"]
    assert too_long_modules(modules, MODULE_CAP) == {}
    assert too_long_modules(python_files("tests"), TEST_CAP) == {}
    assert length(ROOT / "hedong_portal/settings.py") <= SETTINGS_CAP


def ground_modules():
    """Modules of `common` itself, without its doors: admin, commands, filters (ADR 0009)."""
    doors = {"admin.py", "apps.py", "management", "templatetags"}
    return [p for p in python_files("common") if not doors & set(p.parts)]


def test_the_ground_stays_small():
    modules = ground_modules()
    assert too_long_modules(modules, COMMON_MODULE_CAP) == {}
    assert sum(length(path) for path in modules) <= COMMON_CAP


def test_templates_stay_under_the_cap():
    assert too_long_modules(templates(), TEMPLATE_CAP) == {}


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_fits_its_first_screens(readme):
    assert length(ROOT / readme) <= README_CAP


def test_no_attic():
    assert [name(p) for p in python_files(*APPS, "tests") if p.stem in {"utils", "helpers"}] == []
