"""Sets Parcomètre up and starts it, on a machine that has only Python and pip: `python3 lancer.py`.

Standard library only, and a syntax that Python 3.8 still reads, so that an older one is told what to do. What is done
once leaves a stamp in .venv: later starts do nothing but start the program.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)
USAGE = """Parcomètre : mise en place et lancement.

  python3 lancer.py               met tout en place la première fois, puis ouvre le programme ;
                                  sans écran, fabrique une démonstration dans un dossier
  python3 lancer.py installer     met en place, sans rien ouvrir (installer test : avec les outils de test)
  python3 lancer.py test          met en place et passe les tests
  python3 lancer.py COMMANDE …    passe la commande au programme ; python3 lancer.py commandes les énumère
"""

# Debian package that brings each shared library Qt loads: always, and to open a window.
ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}


def say(text: str) -> None:
    print(text, flush=True)


def refusal(version: tuple[int, ...]) -> str:
    """What is said to a Python that is too old, or nothing."""
    if version >= OLDEST:
        return ""
    return "Parcomètre demande Python 3.11 ou plus récent. Celui-ci est Python {}.{} : {}".format(
        version[0], version[1], "installez-en un plus récent depuis https://www.python.org/downloads/ et relancez."
    )


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def has_sqlite() -> bool:
    """A Python copied without its system library has the module, but cannot import it."""
    try:
        import sqlite3  # noqa: F401, PLC0415 - the import is what is tried
    except ImportError:
        return False
    return True


def has_fonts() -> bool:
    fonts = Path("/usr/share/fonts")
    return any(fonts.rglob("*.ttf")) or any(fonts.rglob("*.otf"))


def missing_packages(window: bool) -> list[str]:
    """Debian packages to install, in a stable order."""
    wanted = {**ALWAYS, **WINDOW} if window else ALWAYS
    packages = [package for library, package in wanted.items() if not loads(library)]
    others = {
        "fonts-dejavu-core": has_fonts(),
        "libsqlite3-0": has_sqlite(),
        "python3-venv": has("pip") or has("ensurepip"),
    }
    return packages + [package for package, present in others.items() if not present]


def install_packages(packages: list[str]) -> None:
    """As root, by apt-get; otherwise the line to type."""
    apt, root = shutil.which("apt-get"), hasattr(os, "geteuid") and os.geteuid() == 0
    if not apt:
        sys.exit(
            "Il manque des bibliothèques du système. Installez-les puis relancez ; sous Debian elles se nomment :\n  "
            + " ".join(packages)
        )
    if not root:
        sys.exit(
            "Il manque des bibliothèques du système. Tapez cette ligne, puis relancez :\n  "
            "sudo apt-get update && sudo apt-get install -y " + " ".join(packages)
        )
    say("Installation des bibliothèques du système : " + " ".join(packages))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call([apt, "-qq", "update"], env=quiet)
    install = [apt, "-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0", "install", *packages]
    if subprocess.call(install, env=quiet, stdout=subprocess.DEVNULL) != 0:
        sys.exit("Ces bibliothèques n’ont pas pu être installées. Vérifiez la connexion, puis relancez.")


def system_libraries(window: bool) -> None:
    if sys.platform.startswith("linux"):
        packages = missing_packages(window)
        if packages:
            install_packages(packages)


def python_packages(extra: str) -> None:
    """The virtual environment with the program in it, and its bytecode, without which a start is three times slower.

    Debian's Python has no ensurepip, so the pip at hand is asked to work for the environment.
    """
    say("Installation des paquets Python dans .venv (une minute ou deux)…")
    own_pip = not has("pip")
    if not PYTHON.exists() or not same_python():
        venv.create(str(VENV), clear=True, with_pip=own_pip)
    pip = [str(PYTHON), "-m", "pip"] if own_pip else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    install = [*pip, "install", "--quiet", "--disable-pip-version-check", "--editable", str(ROOT) + extra]
    if subprocess.call(install) != 0:
        sys.exit("Les paquets Python n’ont pas pu être installés. Vérifiez la connexion, puis relancez.")
    subprocess.call([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "app")])


def same_python() -> bool:
    """Whether the environment still answers, and with this version of Python."""
    ask = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    try:
        return subprocess.check_output(ask, universal_newlines=True).strip() == sys.version
    except (OSError, subprocess.CalledProcessError):
        return False


def fingerprint(project: bytes, place: str) -> str:
    """Of all that makes a set-up out of date: what is asked, the Python used, the place of the checkout."""
    return hashlib.sha256(project + sys.version.encode() + place.encode()).hexdigest()


def set_up(window: bool, test: bool) -> None:
    """Do what was not done yet. The packages for tests are those of the program and more."""
    now = fingerprint((ROOT / "pyproject.toml").read_bytes(), str(ROOT))

    def done(stamp: Path) -> bool:
        return stamp.exists() and stamp.read_text(encoding="ascii") == now

    libraries = VENV / ("stamp-window" if window else "stamp-libraries")
    packages = VENV / "stamp-packages"
    tested = VENV / "stamp-test"
    ready = done(tested) or (done(packages) and not test)
    if done(libraries) and ready:
        return
    started = time.monotonic()
    system_libraries(window)
    if not ready:
        python_packages("[test]" if test else "")
    for stamp in [libraries, packages] + ([tested] if test else []):
        stamp.write_text(now, encoding="ascii")
    if not ready:
        say(f"Mise en place faite en {time.monotonic() - started:.0f} s. Les lancements suivants seront immédiats.")


def wants_window() -> bool:
    """Whether a screen is announced. Windows and macOS always have one."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"].split(":")[0] not in {"offscreen", "minimal"}
    announced = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(announced) or not sys.platform.startswith("linux")


def screen_answers() -> bool:
    """A DISPLAY left over from elsewhere would make Qt abort: it is knocked at first."""
    if not wants_window():
        return False
    by_x11 = sys.platform.startswith("linux") and not (
        os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )
    if not by_x11:
        return True
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    return bool(x11.XOpenDisplay(None))


def become(*arguments: str) -> None:
    """Hand over to the environment's Python; -P: a folder named app where one stands is not ours."""
    command = [str(PYTHON), "-P", *arguments]
    if WINDOWS:
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    os.execv(command[0], command)


def run_tests(arguments: list[str]) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    set_up(window=False, test=True)
    os.chdir(str(ROOT))
    workers = str(min(os.cpu_count() or 1, 4))
    become("-m", "pytest", *(arguments or ["-n", workers]))


def run(arguments: list[str]) -> None:
    set_up(window=wants_window(), test=False)
    if not screen_answers():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        if not arguments:
            folder = ROOT / "demonstration" / time.strftime("%Y-%m-%d-%H%M%S")
            say("Aucun écran ici : à la place de la fenêtre, une démonstration sur l’entreprise d’exemple.")
            arguments = ["demonstration", str(folder)]
    become("-m", "app", *arguments)


def main(arguments: list[str]) -> None:
    refused = refusal(sys.version_info[:2])
    if refused:
        sys.exit(refused)
    first = arguments[0] if arguments else ""
    if first in {"-h", "--help", "aide"}:
        say(USAGE)
    elif first == "installer":
        set_up(window=wants_window(), test="test" in arguments[1:])
    elif first == "test":
        run_tests(arguments[1:])
    elif first == "commandes":
        run(["--help"])
    else:
        run(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
