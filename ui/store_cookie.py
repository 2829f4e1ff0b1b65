"""The key by which a browser finds its own saved scenarios again: a cookie that no script can read.

It is set by the server with the page itself and read again at the websocket's handshake. The other two
ways are worse: an address is copied into chats together with the key, and a script that fills the
browser's storage would need a hole in the content policy.
"""

from __future__ import annotations

import re
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from streamlit import config

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "crossover_owner"
KEY = re.compile(r"[A-Za-z0-9_-]{32}")
_YEAR_SECONDS = 365 * 24 * 3600


class OwnerCookie:
    """ASGI middleware: every page as HTML renews the browser's key for a year, or gives it one.

    Whoever opens a brief is given none: they have nothing to save.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; only pages are answered with a cookie."""
        if scope["type"] != "http" or scope["path"].rstrip("/").endswith("/brief"):
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(scope, message):
                headers = [*message["headers"], (b"set-cookie", _cookie(scope).encode())]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def key_in(cookie_header: str) -> str | None:
    """The owner's key in a Cookie header; None without one of the right shape."""
    try:
        found = SimpleCookie(cookie_header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found and KEY.fullmatch(found.value) else None


def _is_page(scope: Scope, message: Message) -> bool:
    """A page, or the word that the page the browser has is still good, which names no type."""
    if message["status"] == 304:
        return b"text/html" in dict(scope["headers"]).get(b"accept", b"")
    kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return message["status"] == 200 and any(kind.startswith(b"text/html") for kind in kinds)


def _cookie(scope: Scope) -> str:
    """SameSite=Lax: with Strict, following a link from a mail would come without the key and replace it."""
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    key = key_in(headers.get(b"cookie", "")) or secrets.token_urlsafe(24)
    path = "/" + str(config.get_option("server.baseUrlPath")).strip("/")
    is_secure = "https" in (scope.get("scheme"), headers.get(b"x-forwarded-proto"))
    flags = "; Secure" if is_secure else ""
    return f"{COOKIE}={key}; Path={path}; Max-Age={_YEAR_SECONDS}; HttpOnly; SameSite=Lax{flags}"
