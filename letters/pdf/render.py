"""A letter's HTML becomes a PDF that can be read aloud: tagged, with its language and title (PDF/UA-1).

Knows no Django, for it runs in processes of its own, in which FONTCONFIG_FILE names our typefaces.
"""

import os
import re
from functools import lru_cache
from html import escape

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.pdf.artifacts import margins_as_artifacts
from letters.pdf.fonts import CONFIGURATION, FONTS, ROOT, STYLES

LOGO = "logo:"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
COLOUR = re.compile(r"#[0-9a-f]{6}")
SLATE = ("#37474f", "#37474f")


class Nothing(URLFetcher):  # type: ignore[misc]
    """Gives out the logo and refuses everything else, for good: files, other machines, data in the address."""

    def __init__(self, logo: bytes | None) -> None:
        super().__init__()
        self._logo = logo

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url == LOGO and self._logo is not None:
            return URLFetcherResponse(url, self._logo)
        raise FatalURLFetchingError(f"a letter may not fetch anything; it asked for {url[:200]}")


def to_pdf(
    html: str,
    *,
    title: str,
    language: str = "en-GB",
    colours: tuple[str, str] = SLATE,
    logo: bytes | None = None,
) -> bytes:
    """``html`` is what ``draw`` gave, ``colours`` are ``Look.colours``. The same input gives the same bytes.

    Raises ValueError for a language or colour that is none, and FatalURLFetchingError, which is no Exception,
    where the letter asks for anything but its logo.
    """
    page = HTML(string=_page(html, title, language, colours), url_fetcher=Nothing(logo), media_type="print")
    made: bytes = page.write_pdf(
        stylesheets=_styles(), font_config=_fonts(), pdf_variant="pdf/ua-1", finisher=margins_as_artifacts
    )
    return made


def _page(html: str, title: str, language: str, colours: tuple[str, str]) -> str:
    if not LANGUAGE.fullmatch(language) or not all(map(COLOUR.fullmatch, colours)):
        raise ValueError(f"no language or colours: {language!r}, {colours!r}")
    brand, strong = colours
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>:root{{--asb-brand:{brand};--asb-brand-strong:{strong}}}</style></head><body>{html}</body></html>"
    )


@lru_cache(maxsize=1)
def _styles() -> list[CSS]:
    """Read and parsed once in the life of a process."""
    return [
        CSS(string=(ROOT / path).read_text(encoding="utf-8"), url_fetcher=Nothing(None)) for path in STYLES
    ]


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    """Raises RuntimeError in a process that may have loaded the typefaces of its machine."""
    if os.environ.get("FONTCONFIG_FILE") != str(CONFIGURATION) or not list(FONTS.glob("*.ttf")):
        raise RuntimeError(
            "letters are set with our own typefaces; set FONTCONFIG_FILE, run asbcases/frontend.py"
        )
    return FontConfiguration()
