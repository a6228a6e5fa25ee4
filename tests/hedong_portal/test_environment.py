"""Where the addresses of the servers come from."""

import pytest

from hedong_portal.embedded import environment

ADDRESSES = ("DATABASE_URL", "REDIS_URL", "CACHE_URL")


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch):
    for name in (*ADDRESSES, "PORTAL_ENV", "PORTAL_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_without_addresses_everything_is_embedded(tmp_path):
    assert environment.wanted(tmp_path) == ("postgres", "valkey")


def test_an_address_in_the_environment_or_in_dotenv_is_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db/portal")
    (tmp_path / ".env").write_text(
        "# a comment = ignored\nexport REDIS_URL='redis://a'\nCACHE_URL=\"redis://b\"\nnonsense\n"
    )
    assert environment.wanted(tmp_path) == ()
    assert environment.setting(tmp_path, "REDIS_URL") == "redis://a"
    assert environment.setting(tmp_path, "CACHE_URL") == "redis://b"


def test_one_missing_cache_address_is_enough_to_start_valkey(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db/portal")
    monkeypatch.setenv("REDIS_URL", "redis://a")
    assert environment.wanted(tmp_path) == ("valkey",)


def test_an_empty_address_counts_as_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    assert "postgres" in environment.wanted(tmp_path)


def test_production_never_starts_embedded_servers(tmp_path):
    (tmp_path / ".env").write_text("PORTAL_ENV=production\n")
    assert environment.wanted(tmp_path) == ()
    assert environment.fill(tmp_path) is None


def test_the_data_directory_is_var_unless_chosen(tmp_path, monkeypatch):
    assert environment.data_dir(tmp_path) == tmp_path / "var"
    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path / "elsewhere"))
    assert environment.data_dir(tmp_path) == tmp_path / "elsewhere"


def test_filling_keeps_an_address_that_was_given(data_dir, monkeypatch):
    monkeypatch.setenv("PORTAL_DATA_DIR", str(data_dir))
    monkeypatch.setenv("DATABASE_URL", "postgres://db/portal")
    monkeypatch.setenv("REDIS_URL", "redis://a")
    monkeypatch.setenv("CACHE_URL", "")
    environment.fill(data_dir)
    assert environment.setting(data_dir, "REDIS_URL") == "redis://a"
    assert environment.setting(data_dir, "CACHE_URL").startswith("unix://")


def test_help_needs_no_servers(tmp_path, monkeypatch):
    for name in ADDRESSES:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    environment.fill_unreachable(tmp_path)
    assert environment.wanted(tmp_path) == ()
