"""A guard before everything that is served: names, origins, the token, and headers that keep a browser strict."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from swv6.telemetry.access import Access

LOGIN = "/login"
"""Where a browser gives the token, once."""
OPEN = (LOGIN, "/page/")
"""What needs no token, where paths begin so: the form, and files that are the same for everybody."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]


class Guard:
    """Lets in who may."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or refuse, one request."""
        headers = dict(scope.get("headers", ()))

        async def strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *HEADERS]}
            await send(message)

        await (self._refusal(scope, headers) or self._app)(scope, receive, strict)

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes]) -> Response | None:
        if self._access.bears(headers):
            return None
        host = headers.get(b"host", b"").decode("latin-1")
        if not self._access.named(host):
            return PlainTextResponse("this machine is not called so; use its address", 403)
        origin = headers.get(b"origin")
        if origin is not None and origin.decode("latin-1").lower() not in (f"http://{host}", f"https://{host}"):
            return PlainTextResponse("pages from elsewhere see nothing", 403)
        if not self._access.token or scope["path"].startswith(OPEN) or self._access.remembers(headers):
            return None
        if scope["path"] == "/":
            return RedirectResponse(LOGIN, 303)
        return PlainTextResponse("a token is needed", 401, {"www-authenticate": "Bearer"})
