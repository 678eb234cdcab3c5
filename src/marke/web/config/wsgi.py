"""The door for a web server; behind a proxy it believes who that says the asker is."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from marke.web.config.environment import host, proxies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marke.web.config.settings")
application = get_wsgi_application()
if host():
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxies())
