from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from asbcases.components.stylesheet import brand_css_text
from landlords.brand import derive, parse_colour

A_YEAR = 31_536_000  # seconds


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def brand_css(request: HttpRequest, colour: str) -> HttpResponse:
    """A landlord's colours as a file, because the content security policy allows no inline style."""
    if parse_colour(colour) is None:
        raise Http404
    return HttpResponse(brand_css_text(derive(colour)), content_type="text/css; charset=utf-8")
