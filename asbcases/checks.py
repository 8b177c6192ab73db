"""System checks: letters and notifications do not cross other people's networks where anybody can read them."""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

PLAIN_MAIL = (
    "Mail to {host} would go without TLS, so that anybody on its way could read letters and change them."
)
HINT = "Set EMAIL_USE_TLS=1. Only a server on this machine or on a private network may do without."


@register(Tags.security)
def mail_goes_encrypted(**_: Any) -> list[Error]:
    """Refuse a mail server outside without TLS."""
    if settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or is_near(settings.EMAIL_HOST):
        return []
    return [Error(PLAIN_MAIL.format(host=settings.EMAIL_HOST), hint=HINT, id="asbcases.E001")]


def refuse_plain_mail() -> None:
    """For processes that start without system checks. Raises ImproperlyConfigured."""
    for error in mail_goes_encrypted():
        raise ImproperlyConfigured(f"{error.msg} {error.hint}")


def is_near(host: str) -> bool:
    """On this machine or a private network, by what it is called: a name without a dot is known on no other. A name
    is not looked up, for whoever answers for it could say anything.
    """
    try:
        return ip_address(host.strip("[]")).is_private
    except ValueError:
        return "." not in host.strip(".")
