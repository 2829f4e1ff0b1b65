"""The dashboard behind a strict content policy, warmed up before the first visitor comes.

`make run` starts this file; `streamlit run app.py` starts the same pages without the headers and the warm-up.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware
from streamlit import runtime

from ui import session, store_session
from ui.price_warm import warm
from ui.store_cookie import OwnerCookie

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENTRYPOINT = Path(__file__).with_name("app.py")


def inline_scripts(html: str) -> Iterator[str]:
    """The policy source (a digest) of every script that stands inside the page itself."""
    for body in re.findall(r"<script>(.*?)</script>", html, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        yield f"'sha256-{digest}'"


def content_policy() -> str:
    """What a page may load: this server only, so nothing in an uploaded file can run or call home."""
    index = Path(st.__file__).parent / "static" / "index.html"
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *inline_scripts(index.read_text(encoding="utf-8"))]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


class SecurityHeaders:
    """ASGI middleware that adds the content policy and its companions to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [
            (b"content-security-policy", content_policy().encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; websockets and lifespan events go through untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *self.headers]}
            await send(message)

        await self.app(scope, receive, send_with_headers)


@asynccontextmanager
async def warmed_up(_app: st.App) -> AsyncIterator[None]:
    """Run the entrypoint once: imports are paid here, and page links then always pass through app.py.

    Until `st.navigation` has run in a process, Streamlit serves files of pages/ directly.
    """
    finished, reason = await runtime.get_instance().does_script_run_without_error()
    if not finished:
        logging.getLogger(__name__).warning("The first page did not finish while starting: %s", reason)
    warm(session.today())
    store_session.warm()
    yield


app = st.App(
    ENTRYPOINT, lifespan=warmed_up, middleware=[Middleware(SecurityHeaders), Middleware(OwnerCookie)]
)
