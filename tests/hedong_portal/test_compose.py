"""docker-compose.yml describes what the settings read, with pinned images that are checked."""

import re
from pathlib import Path

import pytest
import yaml

from tests.hedong_portal.test_settings_documented import documented, read_by_the_code

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(TEXT)["services"]
PORTAL = ("prepare", "web", "worker", "beat")


def test_all_parts_of_the_portal_are_described():
    assert set(SERVICES) == {*PORTAL, "postgres", "postgres-replica", "redis", "cache"}
    assert SERVICES["postgres-replica"]["profiles"] == ["replica"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned_by_version(name):
    tag = SERVICES[name]["image"].partition(":")[2]
    assert re.match(r"\d+\.\d+", tag)


def test_the_base_image_is_pinned_by_version():
    base = re.search(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.M)[1]
    assert re.fullmatch(r"python:3\.\d+\.\d+-\S+", base)


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"prepare"}))
def test_every_lasting_service_has_a_healthcheck(name):
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", PORTAL)
def test_the_portal_gets_only_settings_it_reads(name):
    assert set(SERVICES[name]["environment"]) - read_by_the_code() == set()


@pytest.mark.parametrize("name", PORTAL)
def test_every_required_setting_is_given(name):
    required = re.findall(r"〔正式必填〕", (ROOT / ".env.example").read_text())
    given = SERVICES[name]["environment"]
    assert len(required) >= 8
    for setting in ("PORTAL_ENV", "PUBLIC_BASE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "FIELD_KEYS"):
        assert given[setting]
    assert given["PORTAL_ENV"] == "production"
    assert {"DATABASE_URL", "REDIS_URL", "CACHE_URL"} < set(given)


def test_only_the_preparation_knows_the_owner_of_the_tables():
    holders = [name for name in PORTAL if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]]
    assert holders == ["prepare"]


def test_every_variable_to_fill_in_is_documented():
    assert set(re.findall(r"\$\{([A-Z_]+)", TEXT)) - documented() == set()


def test_the_broker_never_evicts_and_the_cache_may():
    assert "noeviction" in SERVICES["redis"]["command"]
    assert "allkeys-lru" in SERVICES["cache"]["command"]


def test_files_mounted_from_the_repository_exist():
    mounts = [volume for service in SERVICES.values() for volume in service.get("volumes", [])]
    sources = [mount.partition(":")[0] for mount in mounts if mount.startswith("./")]
    assert len(sources) == 2
    assert all((ROOT / source).is_file() for source in sources)
