"""A small OpenID Connect provider on the loopback address."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "marke-werkruimte", "een geheim van de aanbieder"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """Who it says has signed in, and what of its answers a test wants otherwise."""

    issuer: str
    person: dict[str, Any] = field(default_factory=dict)
    assertions: dict[str, Any] = field(default_factory=dict)
    other_subject: str = ""
    broken: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def describe(self) -> dict[str, Any]:
        """Discovery."""
        places = {
            "authorization_endpoint": "aanmelden", "token_endpoint": "token",
            "userinfo_endpoint": "persoon", "jwks_uri": "sleutels",
        }  # fmt: skip
        return {"issuer": self.issuer} | {k: f"{self.issuer}/{v}" for k, v in places.items()}

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        """Exchange a code, which works once, for who signed in; None when anything does not fit."""
        asked = self.codes.pop(given.get("code", ""), None)
        proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        fits = asked is not None and asked["code_challenge"] == challenge
        fits = fits and given.get("redirect_uri") == (asked or {})["redirect_uri"]
        if not fits or (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET):
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60}
        signed = jwt.encode(claims | self.person | self.assertions, _KEY, "RS256", headers={"kid": "een"})
        return {"access_token": "toegang", "token_type": "Bearer", "id_token": signed}

    def known(self) -> dict[str, Any]:
        """User information."""
        return self.person | ({"sub": self.other_subject} if self.other_subject else {})


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *_arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        asked = {key: values[0] for key, values in parse_qs(place.query).items()}
        if self.provider.broken:
            self.answer(500, b"stuk", "text/plain")
        elif place.path == "/.well-known/openid-configuration":
            self.answer_json(self.provider.describe())
        elif place.path == "/persoon":
            self.answer_json(self.provider.known())
        elif place.path == "/aanmelden":
            code = secrets.token_urlsafe(16)
            self.provider.codes[code] = asked
            on = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            page = (
                f'<!doctype html><title>Aanbieder</title><a href="{on.replace("&", "&amp;")}">Ik ben het</a>'
            )
            self.answer(200, page.encode(), "text/html; charset=utf-8")
        else:
            self.answer(404, b"", "text/plain")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {key: values[0] for key, values in parse_qs(body).items()}
        told = self.provider.token(given)
        self.answer_json(told or {"error": "invalid_grant"}, 200 if told else 400)

    def answer_json(self, told: dict[str, Any], status: int = 200) -> None:
        self.answer(status, json.dumps(told).encode(), "application/json")

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider while the block runs."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    handler.provider = provider
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
