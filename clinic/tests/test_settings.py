"""The environment decides how the site runs, and a site that would run wrongly does not start."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
KEY = "only-for-tests-only-for-tests-only-for-test="
PRODUCTION = {
    "SECRET_KEY": "Zq7-long-and-random-characters-that-nobody-else-knows-49-of-them",
    "ALLOWED_HOSTS": "clinic.example",
    "HEALTH_KEYS": KEY,
    "SITE_URL": "https://clinic.example",
}
# What a machine's environment or a `.env` might say otherwise.
UNSAID = dict.fromkeys(
    ("SECRET_KEY", "ALLOWED_HOSTS", "HEALTH_KEYS", "SITE_URL", "CSRF_TRUSTED_ORIGINS", "SECRET_KEY_FALLBACKS"), ""
)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Django with these variables only."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    database = {"DATABASE_URL": "sqlite://:memory:", "DEBUG": "no", "HTTPS": "yes", "BEHIND_PROXY": "no"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, **UNSAID, **database, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def values(expression: str, **variables: str) -> str:
    code = f"from clinic import settings; print({expression})"
    done = run("-c", code, **{**PRODUCTION, **variables})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_site_in_production_has_nothing_to_be_warned_of() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({**PRODUCTION, "SECRET_KEY": ""}, "SECRET_KEY"),
        ({**PRODUCTION, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({**PRODUCTION, "ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS"),
        ({**PRODUCTION, "HEALTH_KEYS": ""}, "HEALTH_KEYS"),
        ({**PRODUCTION, "HEALTH_KEYS": " , "}, "HEALTH_KEYS"),
        ({**PRODUCTION, "HEALTH_KEYS": "too-short="}, "HEALTH_KEYS"),
        ({**PRODUCTION, "HEALTH_KEYS": f"{KEY},{KEY[:-1]}"}, "HEALTH_KEYS"),
        ({**PRODUCTION, "SITE_URL": ""}, "SITE_URL"),
        ({**PRODUCTION, "SITE_URL": "clinic.example"}, "SITE_URL"),
        ({**PRODUCTION, "SITE_URL": "https://clinic.example/en"}, "SITE_URL"),
        ({**PRODUCTION, "DEBUG": "yes"}, "DEBUG"),
    ],
)
def test_a_wrong_environment_is_refused_and_the_variable_named(variables: dict[str, str], named: str) -> None:
    done = run("manage.py", "check", **variables)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"django.core.exceptions.ImproperlyConfigured: {named} is ")


def test_hosts_are_separated_by_commas_with_or_without_spaces() -> None:
    said = values("settings.ALLOWED_HOSTS", ALLOWED_HOSTS="clinic.example, www.clinic.example,")
    assert said == "['clinic.example', 'www.clinic.example']"


def test_keys_are_separated_by_commas_the_first_of_them_first() -> None:
    other = KEY.upper()
    assert values("settings.HEALTH_KEYS", HEALTH_KEYS=f"{other}, {KEY},") == str([other, KEY])


def test_a_wrong_key_is_not_repeated_where_a_log_would_keep_it() -> None:
    done = run("manage.py", "check", **{**PRODUCTION, "HEALTH_KEYS": f"{KEY},nearly{KEY}"})
    assert done.returncode != 0
    assert "only-for-tests" not in done.stdout + done.stderr


def test_the_hint_makes_a_key_that_is_accepted() -> None:
    said = run("manage.py", "check", **{**PRODUCTION, "HEALTH_KEYS": ""}).stderr.strip().splitlines()[-1]
    made = run("-c", said.partition("python3 -c '")[2].rstrip("'"))
    assert values("len(settings.HEALTH_KEYS)", HEALTH_KEYS=made.stdout.strip()) == "1"


def test_cookies_and_transport_are_strict_in_production() -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    expression = "[" + ", ".join(f"settings.{name}" for name in (*names, "SECURE_SSL_REDIRECT", "DEBUG")) + "]"
    assert values(expression) == "['__Host-session', '__Host-csrf', True, True, True, False]"
    assert values("settings.SECURE_HSTS_SECONDS >= 31_536_000") == "True"
    # Anyone could send the header of a proxy that is not there.
    assert values("settings.SECURE_PROXY_SSL_HEADER") == "None"
    assert values("settings.SECURE_PROXY_SSL_HEADER", BEHIND_PROXY="yes") == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_only_a_proxy_that_is_there_is_believed() -> None:
    assert values("settings.BEHIND_PROXY") == "False"
    assert values("settings.BEHIND_PROXY", BEHIND_PROXY="yes") == "True"


@pytest.mark.parametrize(
    ("url", "entries"), [("", "20000"), ("dbcache://cache", "20000"), ("dbcache://cache?max_entries=7", "7")]
)
def test_a_flood_does_not_wash_its_own_traces_out_of_the_cache(url: str, entries: str) -> None:
    said = values("settings.CACHES['default']['OPTIONS']['MAX_ENTRIES']", **({"CACHE_URL": url} if url else {}))
    assert said == entries


def test_cookies_stay_with_us_and_away_from_scripts() -> None:
    for kind in ("SESSION", "CSRF"):
        assert getattr(settings, f"{kind}_COOKIE_HTTPONLY") is True
        assert getattr(settings, f"{kind}_COOKIE_SAMESITE") == "Lax"
    assert settings.SESSION_COOKIE_AGE <= 24 * 3600


def test_every_variable_is_explained_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text()
    source = (ROOT / "clinic" / "settings.py").read_text()
    names = set(re.findall(r'(?:env(?:\.\w+)?|needed(?:_list)?)\(\s*"([A-Z_]+)"', source))
    assert {"SECRET_KEY", "SITE_URL", "SMS_URL", "REPORTS_SECRET", "EMAIL_URL", "DEBUG"} <= names
    for name in names:
        assert f"{name}=" in example, name
