"""The web application, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")

application = get_wsgi_application()
refuse_unsafe_role()
