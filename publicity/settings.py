"""Settings of one installation, read from the environment.

`PUBLICITY_ENV` names what this process is for:

* ``local`` (default): `./run` on one machine, with a generated secret key and the demo city;
* ``test``: the test suite;
* ``production``: nothing is assumed; a missing secret or host name stops the start.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = os.environ.get("PUBLICITY_ENV", "local")
if ENVIRONMENT not in {"local", "test", "production"}:
    raise ImproperlyConfigured(f"PUBLICITY_ENV={ENVIRONMENT!r}: use local, test or production")
PRODUCTION = ENVIRONMENT == "production"
VAR_DIR = Path(os.environ.get("PUBLICITY_VAR", BASE_DIR / "var"))


def required(name: str, fallback: str) -> str:
    """The variable's value; outside production `fallback` when it is not set."""
    value = os.environ.get(name, "" if PRODUCTION else fallback)
    if not value:
        raise ImproperlyConfigured(f"{name} must be set when PUBLICITY_ENV=production")
    return value


def local_secret() -> str:
    """A secret key of this working copy, made once and kept under `VAR_DIR`."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def database(url: str) -> dict[str, Any]:
    """Django's connection settings for ``postgresql://user:password@host:port/name?host=/socket/dir``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must be a postgresql:// address")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "publicity",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c lock_timeout=3000"},
    }


def mail_server(url: str) -> dict[str, Any]:
    """The mailer of ``smtp://user:password@host:port``; ``smtp+tls://`` begins TLS on the connection,
    ``smtps://`` opens it with TLS."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "PUBLICITY_EMAIL_URL must be a smtp://, smtp+tls:// or smtps:// address of a server"
        )
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 10,
        },
    }


SECRET_KEY = os.environ.get("SECRET_KEY") or ("" if PRODUCTION else local_secret())
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be set when PUBLICITY_ENV=production")
DEBUG = False
ALLOWED_HOSTS = required("ALLOWED_HOSTS", "*").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "publicity",
    "accounts",
    "notices",
    "submissions",
    "adoptions",
    "scoring",
    "stats",
    "bulletins",
    "reviews",
    "incentives",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kit.middleware.never_store_pages",
    "kit.middleware.refuse_unreadable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kit.middleware.AnswersFaults",
    # First who it is, then whether the form is one of ours, and only then what it says.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "kit.middleware.TakesBodiesWhole",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kit.middleware.RefusesUnreadableForms",
    "accounts.middleware.first_password_must_change",
    "bulletins.middleware.rates_as_the_office_writes_them",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "publicity.urls"
WSGI_APPLICATION = "publicity.wsgi.application"
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("All")
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
                "publicity.navigation.navigation",
                "notices.context.bell",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": database(required("DATABASE_URL", "postgresql:///publicity"))}
if "TEST_DB_NAME" in os.environ:
    DATABASES["default"]["TEST"] = {"NAME": os.environ["TEST_DB_NAME"]}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if ENVIRONMENT == "test":
    # Every test makes a cast of ten; a slow hash would be most of the run.
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "accounts:login"

# Parts that apps above `submissions` add to the writer's form: called with the item, the posted values, and
# `read` and `now` of `save_draft`, whenever the text is saved, within its transaction.
ITEM_FORM_PARTS = ["reviews.returns.answering.keep_answers"]
# What apps above do when figures of an office move from a day on; see `accounts.figures`.
FIGURE_FOLLOWERS = ["stats.services.months.recount_since", "bulletins.services.drafting.redraft_since"]
# Who notes whom the names of units and outlets mean before one of them changes hands.
NAME_FOLLOWERS = ["scoring.services.versions.bind_names"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR_DIR / "static"))
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
# Fonts that the office may print with (方正小标宋, 仿宋_GB2312 …), searched before the free ones.
FONTS_DIR = Path(os.environ.get("PUBLICITY_FONTS", VAR_DIR / "fonts"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "publicity.static_storage.ModuleStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
ATTACHMENT_MAX_BYTES = 200 * 1024 * 1024
# A form with all its files; docker/nginx-site.inc says the same.
BODY_MAX_BYTES = 220 * 1024 * 1024

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
BEHIND_TLS = PRODUCTION and os.environ.get("PUBLICITY_TLS", "1") == "1"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

REDIS_URL = required("REDIS_URL", "redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "throttle": 1,
    "socket_timeout": 3,
    "socket_connect_timeout": 2,
    # A request whose broker is down asks once more and goes on; a worker comes back by its own retries.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "reconcile figures": {"task": "publicity.tasks.reconcile", "schedule": crontab()},
    "send mails that are owed": {"task": "notices.tasks.deliver", "schedule": crontab()},
    "remove old notices": {"task": "notices.tasks.tidy", "schedule": crontab(minute=20, hour=3)},
    "remind of what is due": {
        "task": "reviews.tasks.remind",
        "schedule": crontab(minute="*/10", hour="8-17"),
    },
    "write the weekly digest": {
        "task": "publicity.tasks.digest",
        "schedule": crontab(minute="*/10", hour="8-17"),
    },
}

# E-mail is optional: without PUBLICITY_EMAIL_URL none is sent, and people are told in the system alone.
EMAIL_URL = os.environ.get("PUBLICITY_EMAIL_URL", "")
MAIL_IS_ON = bool(EMAIL_URL)
MAILERS = {"default": mail_server(EMAIL_URL or "smtp://localhost")}
DEFAULT_FROM_EMAIL = os.environ.get("PUBLICITY_EMAIL_FROM") or "publicity@localhost"
#: Where mails lead: the address under which people reach the system, without a slash at the end.
SITE_URL = (os.environ.get("PUBLICITY_URL") or "http://localhost:8000").rstrip("/")
if EMAIL_URL and not (os.environ.get("PUBLICITY_EMAIL_FROM") and os.environ.get("PUBLICITY_URL")):
    raise ImproperlyConfigured("with PUBLICITY_EMAIL_URL also set PUBLICITY_EMAIL_FROM and PUBLICITY_URL")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if ENVIRONMENT != "test" else "WARNING"},
}
