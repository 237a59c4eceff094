"""Settings, from the environment only; every variable is listed in .env.example."""

import re
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()
env.read_env(BASE_DIR / ".env")


def needed(name: str, hint: str) -> str:
    """The variable `name`. Raises ImproperlyConfigured with how to set it when it is missing."""
    value = str(env(name, default=""))
    if not value.strip(" ,"):
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def needed_list(name: str, hint: str) -> list[str]:
    """The comma-separated parts of a variable that is `needed`, at least one."""
    return [part.strip() for part in needed(name, hint).split(",") if part.strip()]


# --- security -------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
# Plain http is for one machine (`make run`) and for tests; everything else is served over TLS.
HTTPS = env.bool("HTTPS", default=True)
if DEBUG and HTTPS:
    raise ImproperlyConfigured("DEBUG is on for a site served over https. Remove DEBUG, or set HTTPS=no.")
SECRET_KEY = needed(
    "SECRET_KEY",
    "Set it to a long random text: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Encrypt the answers about health: the first encrypts, each of them decrypts.
HEALTH_KEYS = needed_list(
    "HEALTH_KEYS",
    "Set it to a key of its own, and keep a copy: python3 -c "
    "'import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'",
)
if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in HEALTH_KEYS):
    raise ImproperlyConfigured(
        "HEALTH_KEYS is malformed: each key is 32 random bytes in URL-safe base64, 44 characters."
    )
ALLOWED_HOSTS = needed_list("ALLOWED_HOSTS", "Set it to the site's host names, comma-separated.")
# What the links in messages begin with: whoever sends them has no request to take it from.
SITE_URL = needed("SITE_URL", "Set it to the site's address, such as https://clinic.example").rstrip("/")
if not re.fullmatch(r"https?://[^/\s]+", SITE_URL):
    raise ImproperlyConfigured("SITE_URL is malformed: it is the scheme and the host, such as https://clinic.example")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SECURE_SSL_REDIRECT = HTTPS
# The proxy's word on how, and from which address, a request came; without one, anyone could write these headers.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# `no-referrer` would make browsers send `Origin: null`, and every POST would fail the CSRF check.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 24 * 3600
CSRF_FAILURE_VIEW = "clinic.views.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A treatment's admin page sends some sixty rows of a dozen fields each, in up to three languages.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- applications ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "bookings",
    "treatments",
    "clinic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "crispy_forms",
    "phonenumber_field",
    "pictures",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "clinic.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.middleware.StaffTimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context_processors.clinic",
            ],
        },
    },
]
CRISPY_TEMPLATE_PACK = "questions"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["questions"]

# --- data -----------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'clinic.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that will write takes the write lock at its start: two bookings queue, none fails.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # synchronous=FULL: what a patient was told is on the disk, even if the power goes.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://clinic")}
if CACHES["default"]["BACKEND"].rpartition(".")[2] in ("LocMemCache", "DatabaseCache"):
    # Beyond 300 entries, else, Django throws away a third of them: a flood would wash away what limits it.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 20_000)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- languages and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fa", _("Persian")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["clinic.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # stored in UTC; shown in the location's own zone
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# A safety text never changes its language silently: pages label a fallback themselves.
MODELTRANSLATION_ENABLE_FALLBACKS = False
PHONENUMBER_DB_FORMAT = "E164"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"

# --- files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
PICTURES = {
    # Two widths of two formats: what a phone and a desktop show, made in the request that uploads.
    "BREAKPOINTS": {"phone": 600, "wide": 1200},
    "GRID_COLUMNS": 2,
    "CONTAINER_WIDTH": 1200,
    "FILE_TYPES": ["AVIF", "WEBP"],
    "PIXEL_DENSITIES": [1],
    "USE_PLACEHOLDERS": False,
    "QUEUE_NAME": None,
}

# --- mail -----------------------------------------------------------------------------------------

# Without a mail server each mail becomes a file: nothing leaves this machine.
mail = env.email("EMAIL_URL", default="filemail://")
EMAIL_BACKEND = mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"] or "localhost", mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"] or "", mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = mail.get("EMAIL_USE_TLS", False), mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="clinic@localhost")

# --- text messages --------------------------------------------------------------------------------

# A gateway that takes {"to", "text", "id"} as JSON. Without one, whoever wishes for text messages gets mails.
SMS_URL = env.str("SMS_URL", default="")
SMS_TOKEN = env.str("SMS_TOKEN", default="")
# Where gateways report answers such as STOP, and mails that came back: /messages/<this secret>/. Without it, closed.
REPORTS_SECRET = env.str("REPORTS_SECRET", default="")

# --- log ------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_tokens": {"()": "clinic.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Answers such as 404 are no news, nor is a scanner that knocks under a wrong host name.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
