"""Every component in every state, as markup: what browsers, screen readers and a strict policy need."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests.components.gallery import desk_gallery, public_gallery

pytestmark = pytest.mark.urls("asbcases.components.urls")

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
CSS = ROOT / "static" / "css"
LONGEST_TEMPLATE = 60
GALLERIES = [desk_gallery, public_gallery]

Page = Callable[[], str]
each_gallery = pytest.mark.parametrize("page", GALLERIES)


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


@each_gallery
def test_every_id_is_used_once(page: Page) -> None:
    found = ids(page())
    assert sorted(found) == sorted(set(found))


@each_gallery
@pytest.mark.parametrize("attribute", ["aria-describedby", "aria-labelledby", "for", "popovertarget"])
def test_every_name_and_description_points_at_something(page: Page, attribute: str) -> None:
    html = page()
    pointed_at = {name for value in re.findall(rf'\s{attribute}="([^"]+)"', html) for name in value.split()}
    assert pointed_at - set(ids(html)) == set()


@each_gallery
def test_nothing_needs_an_inline_style_or_script(page: Page) -> None:
    html = page()
    assert re.findall(r"\s(?:style|on[a-z]+)=", html) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>|<style", html) == []


@each_gallery
def test_every_icon_has_a_shape(page: Page) -> None:
    drawings = re.findall(r"<svg .*?</svg>", page(), re.S)
    assert [drawing for drawing in drawings if not re.search(r"<(path|rect) ", drawing)] == []
    assert len(drawings) > 0


def test_a_page_with_errors_says_so_first_in_its_title() -> None:
    assert (
        "<title>Error: What is happening? – Report anti-social behaviour – VIVID</title>" in public_gallery()
    )
    assert "<title>Components – ASB Cases</title>" in desk_gallery()


def test_styles_come_in_the_order_that_lets_the_landlord_s_colour_win() -> None:
    sheets = re.findall(r'<link rel="stylesheet" href="([^"?]+)', desk_gallery())
    names = [
        "vendor/govuk-frontend.min.css",
        "vendor/moj-frontend.min.css",
        "css/asb.css",
        "brand/00635d.css",
    ]
    assert [sheet.endswith(name) for sheet, name in zip(sheets, names, strict=True)] == [True] * 4


def test_every_style_sheet_is_loaded_and_every_loaded_one_exists() -> None:
    imported = re.findall(r'@import url\("([^"]+)"\)', (CSS / "asb.css").read_text())
    assert sorted([*imported, "asb.css"]) == sorted(path.name for path in CSS.glob("*.css"))


def _defined() -> set[str]:
    return set(re.findall(r"\.(asb-[\w-]*\w)", "".join(path.read_text() for path in CSS.glob("*.css"))))


def _written() -> set[str]:
    sources = [
        *TEMPLATES.rglob("*.html"),
        *(ROOT / "asbcases" / "components").rglob("*.py"),
        *(ROOT / "static" / "js").glob("*.js"),
    ]
    return set(re.findall(r"asb-[a-z0-9_-]+", "".join(path.read_text() for path in sources)))


def test_every_style_is_used() -> None:
    written = _written()
    built = tuple(name for name in written if name.endswith("--"))  # a template puts in the rest of the name
    assert {name for name in _defined() - written if not name.startswith(built)} == set()


def test_every_class_of_ours_in_a_template_has_a_style() -> None:
    lists = re.findall(r'class="([^"]*)"', "".join(path.read_text() for path in TEMPLATES.rglob("*.html")))
    plain = {name for names in lists for name in re.sub(r"\{[{%].*?[%}]\}", " ", names).split()}
    ours = {name for name in plain if name.startswith("asb-") and not name.endswith("-")}
    assert ours - _defined() == set()


def test_no_template_is_longer_than_a_person_can_take_in() -> None:
    long = [
        path.name
        for path in TEMPLATES.rglob("*.html")
        if len(path.read_text().splitlines()) > LONGEST_TEMPLATE
    ]
    assert long == []
