"""Every setting is documented, and production refuses to boot without what it needs."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READERS = re.compile(r"required|(environment\.)?setting|env\.\w+|os\.environ\.get")
COMPOSE_ONLY = {
    "POSTGRES_PASSWORD",
    "PORTAL_OWNER_PASSWORD",
    "PORTAL_APP_PASSWORD",
    "PORTAL_REPLICA_PASSWORD",
}
PRODUCTION = {
    "PORTAL_ENV": "production",
    "PUBLIC_BASE_URL": "https://zwfw.example.gov.cn",
    "ALLOWED_HOSTS": "zwfw.example.gov.cn",
    "SECRET_KEY": "s" * 60,
    "FIELD_KEYS": "k1:aes-256-gcm:dGVzdHMtb2YtcHJvZHVjdGlvbi1rZXktMzItYnl0ZXM=",
    "DATABASE_URL": "postgres://portal_app:secret@db/portal",
    "REDIS_URL": "redis://broker",
    "CACHE_URL": "redis://cache",
}


def documented() -> set[str]:
    """Names in `.env.example`, commented out or not."""
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))


def read_by_the_code() -> set[str]:
    """Names of settings asked for in `hedong_portal/`: constants given to a reading function."""
    return {name for path in (ROOT / "hedong_portal").rglob("*.py") for name in names_in(path)}


def names_in(path: Path) -> set[str]:
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {
        argument.value
        for call in calls
        if READERS.fullmatch(ast.unparse(call.func))
        for argument in call.args[:2]
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and re.fullmatch(r"[A-Z][A-Z_]{3,}", argument.value)
    }


def boot(environ: dict[str, str]) -> subprocess.CompletedProcess:
    """Load the settings in a process of their own, away from any `.env`."""
    code = "from django.conf import settings; print(settings.SESSION_COOKIE_NAME)"
    given = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "hedong_portal.settings"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=given | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_env_example_documents_exactly_what_is_read():
    assert documented() - COMPOSE_ONLY == read_by_the_code()


def test_every_documented_setting_has_a_chinese_explanation_above_it():
    lines = (ROOT / ".env.example").read_text().splitlines()
    for number, line in enumerate(lines):
        if re.match(r"#?[A-Z][A-Z_]+=", line):
            above = lines[max(number - 4, 0) : number]
            assert any(re.search(r"^# .*[一-鿿]", other) for other in above), line


def test_complete_production_settings_boot_with_host_prefixed_cookies():
    done = boot(PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "__Host-session\n"


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"PORTAL_ENV"}))
def test_production_refuses_to_boot_without(name):
    done = boot({key: value for key, value in PRODUCTION.items() if key != name})
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert name in last
    assert re.search(r"请|必须", last)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORTAL_ENV", "staging", "PORTAL_ENV='staging' 不认识"),
        ("SECRET_KEY", "short", "SECRET_KEY 太短"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS 必须写明"),
        ("FIELD_KEYS", "k:aes-256-gcm:ZGVtb25zdHJhdGlvbi1vbmx5LWtleS0zMi1ieXRlcyE=", "演示密钥"),
        ("STAFF_SECOND_FACTOR", "false", "不能关闭第二验证因素"),
    ],
)
def test_production_refuses_an_unsafe_value(name, value, sentence):
    done = boot(PRODUCTION | {name: value})
    assert done.returncode != 0
    assert sentence in done.stderr


def test_the_demonstration_needs_only_addresses_and_is_never_in_debug_mode():
    addresses = {name: PRODUCTION[name] for name in ("DATABASE_URL", "REDIS_URL", "CACHE_URL")}
    done = boot(addresses)
    assert done.stdout == "session\n"
    assert "DEBUG = False" in (ROOT / "hedong_portal/settings.py").read_text()


def test_a_command_says_the_sentence_and_no_traceback():
    environ = {"PATH": os.environ["PATH"], "PORTAL_ENV": "production", "DATABASE_URL": "x"}
    command = [sys.executable, os.fspath(ROOT / "manage.py"), "check"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("缺少设置 PUBLIC_BASE_URL。")
    assert "Traceback" not in done.stderr
