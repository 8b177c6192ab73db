"""Copy the front-end files that are served from node_modules to `static_build/copied/vendor/`, and the typefaces
that letters are printed in to `static_build/fonts/`, which is not served.

Only the standard library, for it also runs where Python has nothing installed. The government's own typeface
and crest are left behind: nobody but government services may use them. Addresses in the style sheets are made
relative, so that Django can give every file a name that changes with its content.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path("static_build/copied/vendor")
PACKAGES = {
    "govuk-frontend": "node_modules/govuk-frontend/dist/govuk",
    "moj-frontend": "node_modules/@ministryofjustice/frontend/moj",
}
HTMX = "node_modules/htmx.org/dist/htmx.min.js"
FONTS = Path("static_build/fonts")
_LEGIBLE = "node_modules/@expo-google-fonts/atkinson-hyperlegible"
_EMOJI = "node_modules/@expo-google-fonts/noto-emoji"
_DEJAVU = "node_modules/dejavu-fonts-ttf"
FONT_FILES = {
    f"{_LEGIBLE}/400Regular/AtkinsonHyperlegible_400Regular.ttf": "AtkinsonHyperlegible-Regular.ttf",
    f"{_LEGIBLE}/700Bold/AtkinsonHyperlegible_700Bold.ttf": "AtkinsonHyperlegible-Bold.ttf",
    f"{_LEGIBLE}/LICENSE_FONT": "AtkinsonHyperlegible-LICENSE.txt",
    f"{_DEJAVU}/ttf/DejaVuSans.ttf": "DejaVuSans.ttf",
    f"{_DEJAVU}/ttf/DejaVuSans-Bold.ttf": "DejaVuSans-Bold.ttf",
    f"{_DEJAVU}/LICENSE": "DejaVuSans-LICENSE.txt",
    f"{_EMOJI}/400Regular/NotoEmoji_400Regular.ttf": "NotoEmoji-Regular.ttf",
    f"{_EMOJI}/LICENSE_FONT": "NotoEmoji-LICENSE.txt",
}
"""Where each comes from, and what it is called here. Licences go with their fonts."""

_FONT_FACES = re.compile(r"@font-face\{[^}]*\}")
_SOURCE_MAP = re.compile(r"\n?(?:/\*|//)# sourceMappingURL=.*?(?:\*/)?\s*$")
_CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
_IMAGE = re.compile(r"url\(/assets/images/([^)]+)\)")


def copy(root: Path = ROOT) -> list[Path]:
    """Copy everything anew and return what is served. Raises FileNotFoundError when `npm ci` has not run."""
    target = root / TARGET
    shutil.rmtree(target, ignore_errors=True)
    (target / "images").mkdir(parents=True)
    shutil.copyfile(root / HTMX, target / "htmx.min.js")
    for name, folder in PACKAGES.items():
        _copy_package(name, root / folder, target)
    _copy_fonts(root)
    return sorted(path for path in target.rglob("*") if path.is_file())


def _copy_package(name: str, source: Path, target: Path) -> None:
    script = (source / f"{name}.min.js").read_text()
    (target / f"{name}.min.js").write_text(_SOURCE_MAP.sub("\n", script))
    style = _CREST.sub(
        "none", _FONT_FACES.sub("", _SOURCE_MAP.sub("\n", (source / f"{name}.min.css").read_text()))
    )
    for image in set(_IMAGE.findall(style)):
        shutil.copyfile(source / "assets" / "images" / image, target / "images" / image)
    (target / f"{name}.min.css").write_text(_IMAGE.sub(r"url(images/\1)", style))


def _copy_fonts(root: Path) -> None:
    shutil.rmtree(root / FONTS, ignore_errors=True)
    (root / FONTS).mkdir()
    for source, name in FONT_FILES.items():
        shutil.copyfile(root / source, root / FONTS / name)


if __name__ == "__main__":
    copy()
