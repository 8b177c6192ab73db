"""The stylesheet of one brand colour, its address and the attribute that asks for it."""

from django.urls import reverse

from landlords.brand import RULES_VERSION, Brand, parse_colour


def brand_key(colour: str | None) -> str:
    """Six digits that stand for a colour in addresses and in `data-brand`; empty for none or a bad one."""
    parsed = parse_colour(colour or "")
    return parsed[1:] if parsed else ""


def brand_address(key: str) -> str:
    return f"{reverse('brand-css', args=[key])}?v={RULES_VERSION}"


def brand_css_text(brand: Brand) -> str:
    return (
        f'[data-brand="{brand.brand[1:]}"]{{--asb-brand:{brand.brand};--asb-brand-on:{brand.on};'
        f"--asb-brand-strong:{brand.strong};--asb-brand-tint:{brand.tint}}}\n"
    )
