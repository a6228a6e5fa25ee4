"""One settings file; every value that differs between installations comes from the environment.

`manage.py` and the launcher fill the environment from the embedded servers when no external
server is named, so this module never starts anything. `.env.example` documents each variable.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

# --- which installation ---
PORTAL_ENV = env.str("PORTAL_ENV", default="demo")
if PORTAL_ENV not in {"demo", "test", "production"}:
    raise ImproperlyConfigured(
        f"PORTAL_ENV={PORTAL_ENV!r} 不认识。请改为 demo、test 或 production。"
    )
IS_PRODUCTION = PORTAL_ENV == "production"
DEMO_MODE = PORTAL_ENV == "demo"


def required(name: str, hint: str, fallback: str | None = None) -> str:
    """Value of a variable that production must set; outside production the fallback serves."""
    value = env.str(name, default="")
    if value:
        return value
    if fallback is None or IS_PRODUCTION:
        raise ImproperlyConfigured(f"缺少设置 {name}。{hint}（各项设置见 .env.example）")
    return fallback


DEBUG = False
PORTAL_GALLERY = env.bool("PORTAL_GALLERY", default=False)
PORTAL_DATA_DIR = Path(env.str("PORTAL_DATA_DIR", default=str(BASE_DIR / "var"))).absolute()
PUBLIC_BASE_URL = required(
    "PUBLIC_BASE_URL",
    "请填写市民访问本站的完整地址，例如 https://zwfw.example.gov.cn。",
    fallback="http://127.0.0.1:8000",
).rstrip("/")
IS_HTTPS = PUBLIC_BASE_URL.startswith("https://")
SECRET_KEY = required(
    "SECRET_KEY",
    "请运行 python -c 'import secrets; print(secrets.token_urlsafe(50))' 生成一串并填入。",
    fallback="demonstration-only-" + "k" * 50,
)
if IS_PRODUCTION and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith("demonstration-only")):
    raise ImproperlyConfigured("SECRET_KEY 太短或是演示值。请换成至少 50 个字符的随机串。")
DEMO_FIELD_KEY = "demo:aes-256-gcm:ZGVtb25zdHJhdGlvbi1vbmx5LWtleS0zMi1ieXRlcyE="
FIELD_KEYS = required(
    "FIELD_KEYS",
    "请填写加密密钥，格式 编号:算法:base64 密钥，多把用逗号隔开，第一把用于新数据；"
    "可运行 python manage.py portal new-key 生成。",
    fallback=DEMO_FIELD_KEY,
)
if IS_PRODUCTION and DEMO_FIELD_KEY.rpartition(":")[2] in FIELD_KEYS:
    raise ImproperlyConfigured(
        "FIELD_KEYS 是公开的演示密钥，谁都能解开数据。请运行 manage.py portal new-key 另生成一把。"
    )
# Demonstration: any name of this machine may be typed. Links and cookies never follow the Host
# header (PUBLIC_BASE_URL does), and the accounts are public, so there is nothing to win by it.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["*"])
if IS_PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS 必须写明本站域名，不能为空或 *。")
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

# --- applications: upper floors first, the portal before the admin it dresses ---
INSTALLED_APPS = [
    "hedong_portal",
    "pages",
    "matters",
    "organisations",
    "audit",
    "accounts",
    "common",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_filters",
    "django_htmx",
    "django_otp",
    "pgtrigger",
    "heroicons",
]
PORTAL_APPS = ("pages", "matters", "organisations", "audit", "accounts", "common")

MIDDLEWARE = [
    "hedong_portal.middleware.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "hedong_portal.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.middleware.IdleTimeoutMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.StaffSecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hedong_portal.middleware.DisplayModeMiddleware",
    "hedong_portal.middleware.UploadLimitMiddleware",
    "hedong_portal.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "hedong_portal.urls"
WSGI_APPLICATION = "hedong_portal.wsgi.application"
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
                "hedong_portal.context_processors.display",
                "pages.context_processors.site",
            ],
            "builtins": ["heroicons.templatetags.heroicons"],
        },
    },
]
FORM_RENDERER = "hedong_portal.forms.PortalFormRenderer"

# --- database, cache, broker ---
SERVER_HINT = "请填写地址，或用 make run / python manage.py portal start 启动内置服务。"
DATABASE_URL = required("DATABASE_URL", SERVER_HINT)


def database(address: str) -> dict:
    """Django's settings for one address; `?host=` names the directory of a Unix socket."""
    found = env.db_url_config(address)
    options = found.get("OPTIONS", {})
    place = {name.upper(): options.pop(name) for name in ("host", "port") if name in options}
    return found | place


DATABASES = {
    "default": {
        **database(DATABASE_URL),
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
}
# `migrate` connects as the owner; web and workers may not change tables, nor rewrite these.
DATABASE_OWNER = database(env.str("DATABASE_OWNER_URL", default=DATABASE_URL))
APPEND_ONLY_TABLES = ["matters_versionmove", "matters_mattermove", "matters_elementchange"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = required("REDIS_URL", SERVER_HINT)
CACHE_URL = required("CACHE_URL", SERVER_HINT)
CACHES = {
    "default": {
        "BACKEND": "hedong_portal.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

# --- ready pages in front of Django (ADR 0010) ---
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", default=64)

# --- Celery: hints travel through Redis, the truth stays in PostgreSQL --------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20.0
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 15,
}
CELERY_TIMEZONE = "Asia/Shanghai"

# --- language and time ---
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- files ---
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = PORTAL_DATA_DIR / "static"
MEDIA_ROOT = PORTAL_DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PORTAL_ENV == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
REQUEST_MOST_BYTES = 65 << 20  # the largest upload (an import, 64 MB) and the form around it

# --- people ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RoleBackend"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "accounts.hashers.PortalArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "accounts.passwords.MinimumLength",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=30)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=8)
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEMO_MODE)
if IS_PRODUCTION and not STAFF_SECOND_FACTOR:
    raise ImproperlyConfigured("正式环境不能关闭第二验证因素，请删去 STAFF_SECOND_FACTOR 设置。")
FACTOR_ISSUER = "河东区政务服务门户"  # the name beside the code on the phone

# --- the open interface /api/v1/: reads no cookie; closed unless a view opens it ---
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=300)
API_TOKEN_REQUESTS_PER_MINUTE = env.int("API_TOKEN_REQUESTS_PER_MINUTE", default=1200)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.WithScope"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.throttling.PerMinute"],
    "DEFAULT_RENDERER_CLASSES": ["accounts.api.rendering.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "accounts.api.problems.handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "河东区政务服务门户数据接口",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": "/", "description": "本站"}],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "POSTPROCESSING_HOOKS": [],
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
}

# --- what the browser is told ---
HOST_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{HOST_PREFIX}session"
CSRF_COOKIE_NAME = f"{HOST_PREFIX}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = STAFF_SESSION_HOURS * 3600
# Behind a proxy that ends TLS the request itself looks like http; the browser's Origin does not.
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL] if IS_HTTPS else []
CSRF_FAILURE_VIEW = "pages.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
# Believed only from TRUSTED_PROXIES: hedong_portal.middleware.TrustedProxyMiddleware.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = IS_HTTPS and bool(TRUSTED_PROXIES)  # without a proxy it would turn in circles
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the host itself, over http
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- logs ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.security.DisallowedHost": {"level": "ERROR"}},
}
