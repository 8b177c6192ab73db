"""A landlord's colours arrive as a file: the content security policy allows no inline style."""

import pytest
from django.http import Http404
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve

from asbcases.components.stylesheet import brand_key
from asbcases.components.views import brand_css
from tests.components.gallery import VIVID, Landlord

URLS = "asbcases.components.urls"
LOAD = "{% load components %}"


def test_the_stylesheet_sets_the_four_tokens_for_that_colour_only() -> None:
    response = brand_css(RequestFactory().get("/"), colour="6b2c91")
    assert response.content.decode() == (
        '[data-brand="6b2c91"]{--asb-brand:#6b2c91;--asb-brand-on:#ffffff;'
        "--asb-brand-strong:#6b2c91;--asb-brand-tint:#f5f0f7}\n"
    )
    assert response["Content-Type"] == "text/css; charset=utf-8"


def test_browsers_may_keep_it_for_a_year() -> None:
    kept = brand_css(RequestFactory().get("/"), colour="6b2c91")["Cache-Control"]
    assert set(kept.split(", ")) == {"public", "max-age=31536000", "immutable"}


@pytest.mark.parametrize("colour", ["fff", "purple", "6b2c91}body{", "6b2c9"])
def test_anything_but_a_colour_is_not_found(colour: str) -> None:
    with pytest.raises(Http404):
        brand_css(RequestFactory().get("/"), colour=colour)


def test_it_can_only_be_read() -> None:
    assert brand_css(RequestFactory().post("/"), colour="6b2c91").status_code == 405


@pytest.mark.urls(URLS)
def test_the_page_asks_for_the_address_that_serves_it() -> None:
    page = Template(LOAD + "<html{% brand_attribute who %}>{% brand_stylesheet who %}")
    assert page.render(Context({"who": VIVID})) == (
        '<html data-brand="6b2c91"><link rel="stylesheet" href="/brand/6b2c91.css?v=1">'
    )
    assert resolve("/brand/6b2c91.css").func is brand_css


@pytest.mark.parametrize(
    "who", [None, Landlord("new", "New Homes", ""), Landlord("odd", "Odd Homes", "red;}")]
)
def test_without_a_proper_colour_the_page_stays_slate(who: Landlord | None) -> None:
    page = Template(LOAD + "<html{% brand_attribute who %}>{% brand_stylesheet who %}")
    assert page.render(Context({"who": who})) == "<html>"


def test_a_missing_colour_has_no_key() -> None:
    assert [brand_key(colour) for colour in (None, "", "#6B2C91")] == ["", "", "6b2c91"]
