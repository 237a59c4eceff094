"""`.venv` and the variables: made once, made again when broken, never half trusted."""

import base64
import stat
from pathlib import Path

import environment
import pytest
import variables

RUN = "django==5.2 \\\n    --hash=sha256:00\n    # via clinic\n"
DEV = "# pinned\n" + RUN + "pytest==9.0 \\\n    --hash=sha256:01\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with both requirements files and an empty `.venv`."""
    (tmp_path / "requirements.txt").write_text(RUN)
    (tmp_path / "requirements-dev.txt").write_text(DEV)
    (tmp_path / ".venv").mkdir()
    (tmp_path / "var").mkdir()
    for module, name, path in (
        (environment, "ROOT", "."),
        (environment, "VENV", ".venv"),
        (environment, "VAR", "var"),
        (variables, "VAR", "var"),
    ):
        monkeypatch.setattr(module, name, tmp_path / path)
    return tmp_path


def test_running_after_testing_installs_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "logged", lambda *_: None)
    environment.install("requirements-dev.txt")
    assert environment.installed("requirements.txt")


def test_testing_after_running_installs_the_rest(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "logged", lambda *_: None)
    environment.install("requirements.txt")
    assert environment.installed("requirements.txt")
    assert not environment.installed("requirements-dev.txt")


def test_a_test_set_with_other_versions_does_not_stand_for_the_run_set(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "logged", lambda *_: None)
    (project / "requirements.txt").write_text(RUN.replace("5.2", "5.3"))
    environment.install("requirements-dev.txt")
    assert not environment.installed("requirements.txt")


def test_changed_pins_are_installed_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "logged", lambda *_: None)
    environment.install("requirements.txt")
    (project / "requirements.txt").write_text(RUN + "# changed\n")
    assert not environment.installed("requirements.txt")


def test_an_interrupted_install_leaves_no_stamp(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "logged", lambda *_: None)
    environment.install("requirements-dev.txt")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "logged", interrupted)
    with pytest.raises(KeyboardInterrupt):
        environment.install("requirements.txt")
    assert not list((project / ".venv").glob("*.sha256"))


def test_a_half_made_or_moved_environment_is_not_used(project: Path) -> None:
    assert not environment.usable()
    (project / ".venv/bin").mkdir()
    (project / ".venv/bin/pip").write_text("#!/where/it/was/made/.venv/bin/python")
    assert not environment.usable()


def test_a_failed_command_ends_with_its_error_line(project: Path) -> None:
    failing = ["sh", "-c", "echo collecting; echo ERROR: no such package; echo hint: none; exit 1"]
    said = r"^pip failed: ERROR: no such package \(everything it said: var/log\)$"
    with pytest.raises(SystemExit, match=said):
        environment.logged(failing, project / "var/log", "pip failed")


@pytest.mark.parametrize("name", ["secret_key", "health_key"])
def test_a_key_is_made_once_and_only_its_owner_reads_it(project: Path, name: str) -> None:
    make = getattr(variables, name)
    key = make()
    assert len(key) >= 44
    assert make() == key
    assert stat.S_IMODE((project / "var" / name).stat().st_mode) == 0o600
    (project / "var" / name).unlink()
    assert make() != key


def test_the_health_key_is_32_bytes_of_its_own(project: Path) -> None:
    assert len(base64.urlsafe_b64decode(variables.health_key())) == 32
    assert variables.health_key() != variables.secret_key()


def test_serving_leaves_the_last_word_to_the_environment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "clinic.example")
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setenv("HEALTH_KEYS", "my own")
    monkeypatch.delenv("HTTPS", raising=False)
    served = variables.for_serving()
    assert (served["ALLOWED_HOSTS"], served["HTTPS"]) == ("clinic.example", "no")
    assert served["SECRET_KEY"] == variables.secret_key()
    assert served["HEALTH_KEYS"] == "my own"
    monkeypatch.delenv("HEALTH_KEYS")
    assert variables.for_serving()["HEALTH_KEYS"] == variables.health_key()


def test_the_worker_processes_share_a_cache(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CACHE_URL", raising=False)
    assert variables.for_serving()["CACHE_URL"].startswith("dbcache://")
    monkeypatch.setenv("CACHE_URL", "dbcache://another")
    assert variables.for_serving()["CACHE_URL"] == "dbcache://another"


def test_testing_never_reaches_the_database_of_the_environment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://the.real.one/clinic")
    assert variables.for_testing()["DATABASE_URL"].startswith("sqlite:")
