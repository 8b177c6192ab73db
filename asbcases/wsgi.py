"""The web application, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")

application = get_wsgi_application()

from asbcases.checks import refuse_plain_mail  # noqa: E402  (the apps must be loaded first)
from asbcases.memory import settle  # noqa: E402
from landlords.roles import refuse_unsafe_role  # noqa: E402

refuse_unsafe_role()
refuse_plain_mail()
settle()
