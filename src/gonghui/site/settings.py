"""Everything that can be set, read strictly from the environment (docs/settings.md)."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from gonghui.kit import env, sealing

BASE = Path(__file__).resolve().parents[3]
VAR = Path(env.text("GONGHUI_VAR", str(BASE / "var")))

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR / 'gonghui.sqlite3'}")}
EMBEDDED = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if EMBEDDED:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA cache_size=-64000;PRAGMA mmap_size=268435456;"
        ),
    }
else:
    POOLED = env.flag("DATABASE_POOL", default=True)
    DATABASES["default"]["OPTIONS"] = {
        "pool": POOLED,
        # Our own connections keep the plans of what every page asks (decision 0019).
        "server_side_binding": POOLED,
        "prepare_threshold": 1 if POOLED else None,
    }

DEBUG = env.flag("GONGHUI_DEBUG", default=False)
SECRET_KEY = env.secret("GONGHUI_SECRET_KEY", VAR / "secret-key", embedded=EMBEDDED)
# What seals names' numbers and what finds them; read here once so that a fault stops the start.
SEALING_KEYS = env.secret("GONGHUI_KEYS", VAR / "keys", embedded=EMBEDDED, make=sealing.new_key)
INDEX_KEY = env.secret(
    "GONGHUI_INDEX_KEY", VAR / "index-key", embedded=EMBEDDED, make=sealing.new_index_key
)
sealing.Keys.parse(SEALING_KEYS)
sealing.index_key(INDEX_KEY)
ALLOWED_HOSTS = env.words("GONGHUI_HOSTS", "localhost,127.0.0.1,[::1]")
# Cookies travel over https only, except on the one machine a person tries the product on.
HTTPS = env.flag("GONGHUI_HTTPS", default=not EMBEDDED)
SITE_ADDRESS = env.text("GONGHUI_ADDRESS", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "csp",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "template_partials",
    "django_q",
    "gonghui.kit.ui",
    "gonghui.core.orgs",
    "gonghui.core.people",
    "gonghui.core.access",
    "gonghui.core.history",
    "gonghui.core.regulations",
    "gonghui.core.files",
    "gonghui.core.flow",
    "gonghui.core.notices",
    "gonghui.core.jobs",
    "gonghui.core.credits",
    "gonghui.core.search",
    "gonghui.core.documents",
    "gonghui.core.feeds",
    "gonghui.core.screens",
    "gonghui.core.activities",
    "gonghui.core.signing",
    "gonghui.core.agenda",
    "gonghui.core.attendance",
    "gonghui.core.records",
    "gonghui.core.participation",
    "gonghui.core.exchange",
    "gonghui.core.enrolment",
    "gonghui.core.watch",
    "gonghui.core.indicators",
    "gonghui.core.reports",
    "gonghui.core.backoffice",
    "gonghui.apps.organisation",
    "gonghui.apps.membership",
    "gonghui.apps.elections",
    "gonghui.apps.cadres",
    "gonghui.apps.honours",
    "gonghui.apps.care",
    "gonghui.apps.plans",
    "gonghui.apps.volunteering",
    "gonghui.apps.learning",
    "gonghui.apps.archive",
    "gonghui.apps.goals",
    "gonghui.apps.teams",
    "gonghui.apps.training",
    "gonghui.apps.mentoring",
    "gonghui.apps.reading",
    "gonghui.apps.evaluation",
    "gonghui.apps.titles",
    "gonghui.apps.communication",
    "gonghui.apps.statistics",
    "gonghui.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gonghui.kit.devices.devices",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gonghui.core.access.middleware.seen",
    "django_htmx.middleware.HtmxMiddleware",
    "gonghui.core.access.middleware.login_required",
    "gonghui.core.access.middleware.actor",
]

ROOT_URLCONF = "gonghui.site.urls"
WSGI_APPLICATION = "gonghui.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "src" / "gonghui" / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "gonghui.site.context.shell",
            ],
            "builtins": [
                "gonghui.kit.ui.templatetags.ui",
                "gonghui.kit.ui.templatetags.kept",
            ],
        },
    }
]
FORM_RENDERER = "gonghui.kit.ui.renderer.FormRenderer"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["gonghui.core.access.login.NameOrMobileBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gonghui.core.access.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "gonghui.core.access.login.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "gonghui.core.backoffice.forms.LoginForm",
    "change_password": "gonghui.core.backoffice.forms.PasswordForm",
}
# A whole office may share one address, so the account is throttled first: what it refuses is not
# counted against the address, and nobody locks colleagues out by hammering one name.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "5/5m/key,120/m/ip",
    "certificate": "60/5m/ip",  # codes of papers that anybody may check
}
USERSESSIONS_TRACK_ACTIVITY = False  # it writes on every page; the middleware above does not
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS and env.flag("GONGHUI_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # The queue says how it is all the time: that is not written into the database.
    "queue": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

JOBS = env.one_of("GONGHUI_JOBS", "queue", "queue", "inline")
Q_CLUSTER = {
    "name": "gonghui",
    "orm": "default",
    "cache": "queue",
    "workers": env.number("GONGHUI_JOB_WORKERS", 2),
    "queue_limit": 2,  # fetched ahead; what waits in the table any other worker may take
    "bulk": 1,
    "poll": 1,
    "guard_cycle": 1,
    "timeout": 3600,
    "retry": 3700,  # above the timeout, or what still runs is delivered a second time
    "max_attempts": 3,
    "recycle": 100,
    "save_limit": 100,
    "scheduler": False,
}

EMAIL = env.email("GONGHUI_EMAIL_URL")
EMAIL_BACKEND = str(EMAIL.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend"))
EMAIL_HOST = str(EMAIL.get("EMAIL_HOST", ""))
EMAIL_PORT = int(str(EMAIL.get("EMAIL_PORT") or 25))
EMAIL_HOST_USER = str(EMAIL.get("EMAIL_HOST_USER", ""))
EMAIL_HOST_PASSWORD = str(EMAIL.get("EMAIL_HOST_PASSWORD", ""))
EMAIL_USE_TLS = bool(EMAIL.get("EMAIL_USE_TLS", False))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("GONGHUI_EMAIL_FROM", "gonghui@localhost")

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = env.text("GONGHUI_TIME_ZONE", "Asia/Shanghai")
USE_I18N = USE_TZ = True
FIRST_DAY_OF_WEEK = 1

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gonghui.kit.ui.storage.StaticFiles"},
}
MEDIA_ROOT = VAR / "files"
# Files have no address of their own: they are fetched through what they belong to.
MEDIA_URL = ""
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("GONGHUI_LOG_LEVEL", "WARNING")},
}
