"""Django's settings; everything that differs between machines comes from the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from marke.web.config.environment import contact, data_place, host, port, required
from marke.web.operations.log import log_settings, written_for_people

_HERE = Path(__file__).resolve().parents[1]
DATA = data_place()

SECRET_KEY = required("MARKE_SECRET_KEY")
DEBUG = False
HOST = host()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([HOST] if HOST else [])]
CSRF_TRUSTED_ORIGINS = [
    f"http://localhost:{port()}",
    f"http://127.0.0.1:{port()}",
    *([f"https://{HOST}"] if HOST else []),
]
CONTACT, CONTACT_UNTIL = contact()
METRICS_TOKEN = os.environ.get("MARKE_METRICS_TOKEN", "")

_address = conninfo_to_dict(required("MARKE_DATABASE_URL"))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _address.get("dbname", "marke"),
        "USER": _address.get("user"),
        "PASSWORD": _address.get("password", ""),
        "HOST": _address.get("host", ""),
        "PORT": _address.get("port", ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": _address.get("dbname", "marke")},
    }
}

# shared by all processes: it counts attempts to sign in, and remembers which codes were used
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "machinery_cache"}
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "marke.web.accounts",
    "marke.web.tenancy",
    "marke.web.studies",
    "marke.web.intake",
    "marke.web.providers",
    "marke.web.table",
    "marke.web.decisions",
    "marke.web.operations",
    "marke.web.runs",
    "marke.web.api",
    "django.forms",
    "django_htmx",
]
MIDDLEWARE = [
    "marke.web.operations.requests.RequestLog",
    "marke.web.operations.headers.HeadersMiddleware",
    "marke.web.api.problems.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "marke.web.accounts.second_step.SecondStepMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "marke.web.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "marke.web.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HOST  # http://localhost is a secure context for a browser
MFA_TOTP_ISSUER = "marke"
MFA_FORMS = {
    "authenticate": "marke.web.accounts.forms.StepForm",
    "activate_totp": "marke.web.accounts.forms.CodeForm",
    "add_webauthn": "marke.web.accounts.forms.PasskeyForm",
}
ACCOUNT_FORMS = {"login": "marke.web.accounts.forms.SignInForm"}
SECOND_STEP_REQUIRED = True
SOCIALACCOUNT_ADAPTER = "marke.web.providers.adapter.ProviderAdapter"
PROVIDERS_ON_LOOPBACK = False  # a provider without TLS on this machine: for tests
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-marke_sessie" if HOST else "marke_sessie"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = bool(HOST)
SECURE_SSL_HOST = HOST or None
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HOST else 0
# W005 and W021 are for who owns the domain to decide; W009 counts letters, and 43 random ones hold 256 bits
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W009", "security.W021"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],  # the code that an authenticator app scans
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [_HERE / "static", ("report", _HERE.parent / "report" / "style")]
WHITENOISE_USE_FINDERS = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 4

LOGGING = log_settings(people=written_for_people())
