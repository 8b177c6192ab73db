"""The web application, for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")

application = get_wsgi_application()

from landlords.roles import refuse_unsafe_role  # noqa: E402  (the apps must be loaded first)

refuse_unsafe_role()
gc.freeze()  # what was made at the start stays to the end: no request has to look through it again
