"""Settings. Everything that differs between installations comes from the environment; see CONTRIBUTING.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy

from asbcases import environment

BASE_DIR = Path(__file__).resolve().parent.parent

_DATABASE_URL = environment.text("DATABASE_URL")
_DATABASE_ADMIN_URL = environment.text("DATABASE_ADMIN_URL") or _DATABASE_URL

# A process without a database serves nobody, so it may count as local (translations, dates worked out by
# hand).
LOCAL_MODE = environment.flag("LOCAL_MODE", default=not _DATABASE_URL)
LOCAL_HOME = Path(environment.text("LOCAL_HOME", str(BASE_DIR / ".local")))
LOCAL_MAIL_DIR = LOCAL_HOME / "mail"

SECRET_KEY = environment.text("SECRET_KEY") or (get_random_secret_key() if LOCAL_MODE else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set; give the application a long random one and keep it")
DEBUG = environment.flag("DEBUG")
PORT = int(environment.text("PORT", "8000"))
SITE_URL = environment.text("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")  # how e-mails name the desk
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or (
    ["localhost", "127.0.0.1", "[::1]"] if LOCAL_MODE else []
)
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "timeline",
    "landlords",
    "policies",
    "cases",
    "riskmatrix",
    "letters",
    "actionplans",
    "triage",
    "reporting",
    "asbcases.components",
    "asbcases.desk",
    "asbcases.api",
    "asbcases",
]


MIDDLEWARE = [
    "asbcases.health.HealthMiddleware",  # first: it answers when the database cannot, to any host name
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "asbcases.middleware.SizeLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "asbcases.desk.keeping.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "landlords.middleware.LandlordMiddleware",
]

ROOT_URLCONF = "asbcases.urls"
WSGI_APPLICATION = "asbcases.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "asbcases.desk.context.desk",
            ],
        },
    }
]

# ---- database ----------------------------------------------------------------------------------------------

# The application's role can neither pass row-level security nor change a table; migrating takes the owner's.
MIGRATING = environment.text("DATABASE_ROLE", "application") == "owner"
DATABASES = {
    "default": environment.database(_DATABASE_ADMIN_URL, lock_timeout="5s")
    if MIGRATING
    else environment.database(_DATABASE_URL, pool=int(environment.text("DATABASE_POOL", "0"))),
}
APPLICATION_ROLE = environment.database(_DATABASE_URL).get("USER", "")
# The owner's connection, for the tests' databases. Nothing that serves a request reads it.
OWNER_DATABASE = environment.database(_DATABASE_ADMIN_URL)

# ---- people ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "landlords.User"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/start/"
LOGOUT_REDIRECT_URL = "/sign-in/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
]

# ---- what the browser may do -------------------------------------------------------------------------------

SECURE_COOKIES = not LOCAL_MODE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day, however long
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=not LOCAL_MODE)
SECURE_HSTS_SECONDS = 0 if LOCAL_MODE else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
# Only behind a proxy that always sets the header itself: anybody else's word for it would be a forgery.
if environment.flag("BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers preload HSTS is for the domain's owner to say
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes; above, a page says to go back

# ---- files that people give us ---------------------------------------------------------------------------------

EVIDENCE_ROOT = Path(environment.text("EVIDENCE_ROOT", str(LOCAL_HOME / "evidence")))
EVIDENCE_FILE_SIZE = 100 * 1024 * 1024  # bytes of one file
EVIDENCE_FILES_A_POST = 10
EVIDENCE_POST_SIZE = 250 * 1024 * 1024  # bytes of all of them together
EVIDENCE_PIXELS = 50_000_000  # of a photo that is unpacked to make its copy: about 200 MB of memory
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # above our own limit, which is told in words

# ---- words and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", gettext_lazy("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = len(LANGUAGES) > 1  # one language needs no lookup of every word of every page
USE_TZ = True
TIME_ZONE = "Europe/London"

# ---- static files ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "static_build" / "collected")))
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "static_build" / "copied"]
_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if LOCAL_MODE
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STORAGE},
}
WHITENOISE_USE_FINDERS = LOCAL_MODE  # no collecting on one's own machine: a changed file is served at once

# ---- e-mail ------------------------------------------------------------------------------------------------

EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(environment.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "asb-cases@localhost")

# What letters go by (``letters/outbox/providers.py``), as dotted paths. On one's own machine a text message becomes a
# file; elsewhere a channel without a provider is not offered. Post waits for somebody.
_EMAIL_PROVIDER = "letters.outbox.smtp.Smtp"
if LOCAL_MODE and not environment.text("EMAIL_HOST"):
    _EMAIL_PROVIDER = "letters.outbox.files.EmailFile"
_TEXT_FILE = "letters.outbox.files.TextFile" if LOCAL_MODE else ""
LETTER_PROVIDERS = {
    "email": environment.text("LETTER_EMAIL_PROVIDER", _EMAIL_PROVIDER),
    "text": environment.text("LETTER_TEXT_PROVIDER", _TEXT_FILE),
}
LETTERS_KEPT = LOCAL_MAIL_DIR

# ---- work in the background --------------------------------------------------------------------------------

REDIS_URL = environment.text("REDIS_URL", "redis://localhost:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CELERY_BROKER_URL = environment.broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 60  # seconds
CELERY_TASK_TIME_LIMIT = 90  # seconds
# Longer than any task may run, or a second worker would take up what the first is still doing.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = int(environment.text("WORKER_CONCURRENCY", "2"))
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"  # intervals only: a beat that knows no clock changes cannot stumble over one
CELERY_BEAT_SCHEDULER = "asbcases.health:HeartbeatScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5  # seconds; also how often the beat shows that it lives
CELERY_BEAT_SCHEDULE_FILENAME = environment.text("BEAT_SCHEDULE", str(LOCAL_HOME / "beat-schedule"))
CELERY_BEAT_SCHEDULE = {
    "sweep-deadlines": {"task": "cases.tasks.sweep_deadlines", "schedule": 15.0},
    "sweep-evidence": {"task": "cases.tasks.sweep_evidence", "schedule": 900.0},
    "deliver-notifications": {"task": "timeline.tasks.deliver_notifications", "schedule": 10.0},
    "deliver-letters": {"task": "letters.tasks.deliver_letters", "schedule": 60.0},
    "make-print-files": {"task": "letters.tasks.make_print_files", "schedule": 5.0},
    "clear-ended-sessions": {"task": "landlords.tasks.clear_ended_sessions", "schedule": 600.0},
}

# ---- the API -----------------------------------------------------------------------------------------------

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
SPECTACULAR_SETTINGS = {"TITLE": "ASB cases", "VERSION": "1", "OAS_VERSION": "3.1.1"}

# ---- logging -----------------------------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "asbcases.logs.WithoutRows",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
