"""The launcher, apart from what only a bare machine can show."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lancer

LAUNCHER = Path(lancer.__file__)


def test_an_older_python_can_read_it_to_be_told() -> None:
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("version", [(3, 8), (3, 10)])
def test_an_older_python_is_refused(version: tuple[int, int]) -> None:
    assert "Python 3.11 ou plus récent" in lancer.refusal(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 14)])
def test_a_recent_python_is_accepted(version: tuple[int, int]) -> None:
    assert not lancer.refusal(version)


def test_the_set_up_is_done_again_when_the_project_or_its_place_changes() -> None:
    marks = {lancer.fingerprint(b"a", "/x"), lancer.fingerprint(b"b", "/x"), lancer.fingerprint(b"a", "/y")}
    assert len(marks) == 3


def test_a_library_that_is_not_there_is_found_missing() -> None:
    assert not lancer.loads("libparcometre-absent.so.0")


def test_a_set_up_already_done_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lancer, "VENV", tmp_path)
    now = lancer.fingerprint((lancer.ROOT / "pyproject.toml").read_bytes(), str(lancer.ROOT))
    for name in ("stamp-libraries", "stamp-test"):
        (tmp_path / name).write_text(now, encoding="ascii")
    lancer.set_up(window=False, test=False)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["stamp-libraries", "stamp-test"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
@pytest.mark.parametrize(
    ("variables", "window"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "vnc:port=5900"}, True),
    ],
)
def test_a_window_is_wanted_where_a_screen_is_announced(
    variables: dict[str, str], window: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert lancer.wants_window() is window


def test_the_packages_for_a_window_come_after_those_always_needed() -> None:
    assert set(lancer.missing_packages(window=False)) <= set(lancer.missing_packages(window=True))


def test_help_is_given_without_any_set_up() -> None:
    said = subprocess.run([sys.executable, LAUNCHER, "aide"], capture_output=True, check=True, encoding="utf-8")
    assert "python3 lancer.py test" in said.stdout
