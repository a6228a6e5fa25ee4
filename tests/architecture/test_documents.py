"""What the documents say about the repository is true."""

import re

import pytest

from tests.architecture.source import ROOT

ADR = ROOT / "docs/adr"
PAGES = sorted(ADR.glob("[0-9]*.md"))
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
TARGETS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
#: a file or folder of the repository named in running text: `folder/name`, `folder/name/`
NAMED_FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+/?)`")
#: made at run time
NOT_TRACKED = (".venv/", "var/")


def text(path) -> str:
    return path.read_text(encoding="utf-8")


def title(page) -> tuple[str, str]:
    """Number and words of the first line."""
    return re.match(r"# ADR (\d{4}): (.+)", text(page)).groups()


def status(page) -> str:
    """What stands behind `Status:`."""
    return re.search(r"^Status: (.+)$", text(page), re.M).group(1)


def unknown_targets(words: str) -> set[str]:
    """`make x` in code of a document for which the Makefile has no x."""
    code = re.findall(r"`[^`\n]+`", words) + re.findall(r"```.*?```", words, re.S)
    used = re.findall(r"(?:^|[`\s])make ([a-z][a-z-]*)", "\n".join(code), re.M)
    return set(used) - TARGETS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_decision_has_the_number_of_its_file(page):
    assert title(page)[0] == page.name[:4]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_decision_has_its_four_sections_in_order(page):
    sections = re.findall(r"^## (.+)$", text(page), re.M)
    assert sections == ["Context", "Decision", "Consequences", "Alternatives"]


def test_numbers_run_without_a_gap():
    assert [int(page.name[:4]) for page in PAGES] == list(range(1, len(PAGES) + 1))


def test_the_index_lists_every_decision_with_its_status():
    rows = re.findall(
        r"^\| \[(\d{4})\]\(([^)]+)\) \| .+ \| (.+) \|$", text(ADR / "README.md"), re.M
    )
    assert rows == [(page.name[:4], page.name, status(page)) for page in PAGES]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_document_names_only_commands_of_the_makefile(path):
    assert unknown_targets(text(path)) == set()


def test_an_unknown_command_would_be_seen():
    assert unknown_targets("Run `make coffee` or\n```\nmake tea\n```") == {"coffee", "tea"}


def missing_files(words: str) -> set[str]:
    """Files and folders named in a document that do not exist."""
    named = {name for name in NAMED_FILE.findall(words) if not name.startswith(NOT_TRACKED)}
    return {name for name in named if not (ROOT / name).exists()}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_document_names_only_files_that_exist(path):
    assert missing_files(text(path)) == set()


def test_a_file_that_is_gone_would_be_seen():
    assert missing_files("See `matters/gone.py` and `matters/snapshot.py`.") == {"matters/gone.py"}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_the_way(name):
    words = text(ROOT / name)
    for needed in ("make run", "make test", ".env.example", "CONTRIBUTING.md", "docs/glossary.md"):
        assert needed in words


def outline(words: str) -> dict[str, list]:
    """What two languages of one document share: levels of headings, commands, pictures, links."""
    blocks = re.findall(r"^```.*?^```", words, re.M | re.S)
    return {
        "headings": re.findall(
            r"^(#+) ", re.sub(r"^```.*?^```", "", words, flags=re.M | re.S), re.M
        ),
        "code": [re.sub(r"\s*#.*", "", block) for block in blocks],  # comments are translated
        "pictures": re.findall(r"!\[[^\]]*\]\(([^)]+)\)", words),
        "links": sorted(set(re.findall(r"\]\((?!README)([^)]+)\)", words))),
    }


def test_both_readmes_have_the_same_sections_commands_pictures_and_links():
    english, chinese = text(ROOT / "README.md"), text(ROOT / "README.zh-CN.md")
    assert outline(english) == outline(chinese)


def test_a_missing_section_or_another_command_would_be_seen():
    whole = "# A\n## B\n```\nmake run  # x\n```\n"
    assert outline(whole) == outline(whole.replace("# x", "# y"))
    assert outline(whole) != outline("# A\n```\nmake run\n```\n")
    assert outline(whole) != outline(whole.replace("make run", "make test"))


def test_the_changelog_knows_this_version():
    version = re.search(r'^version = "([^"]+)"', text(ROOT / "pyproject.toml"), re.M).group(1)
    assert re.search(rf"^## {re.escape(version)}\b", text(ROOT / "CHANGELOG.md"), re.M)
