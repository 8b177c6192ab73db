"""The typefaces and styles that letters are printed in, and no others, so that one is the same on every machine."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "static_build" / "fonts"
CONFIGURATION = Path(__file__).with_name("fonts.conf")
"""For fontconfig, which reads its place from FONTCONFIG_FILE when it is first loaded."""
STYLES = ("static/css/paper.css", "letters/pdf/print.css")
