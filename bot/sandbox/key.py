"""The one key to this workspace: a token that tools send along, and that the page keeps in a cookie."""

import hmac
from typing import Final

from aiohttp import web

HEADER: Final = "X-Sandbox-Token"
READS: Final = frozenset({"GET", "HEAD"})


class Key:
    """The token of one sandbox."""

    def __init__(self, token: str) -> None:
        self._token = token

    def fits(self, given: str) -> bool:
        """Tell whether this is the token."""
        return hmac.compare_digest(given.encode(), self._token.encode())

    def opens(self, request: web.Request) -> bool:
        """Tell whether this request may come in: it names the token, or it is our own page's and holds the cookie."""
        named = request.headers.get(HEADER) or request.query.get("token")
        if named:
            return self.fits(named)
        return self.fits(request.cookies.get(cookie_name("key", request), "")) and _is_our_own(request)

    def leave(self, request: web.Request, response: web.StreamResponse) -> None:
        """Put the token into a cookie that scripts cannot read and other sites cannot send."""
        response.set_cookie(cookie_name("key", request), self._token, httponly=True, samesite="Strict", path="/")


def cookie_name(what: str, request: web.Request) -> str:
    """Give the name of a cookie of this sandbox: cookies of one host are shared by all its ports."""
    return f"sandbox_{what}_{request.url.port}"


def _is_our_own(request: web.Request) -> bool:
    """Tell whether our page, or the person at the address bar, sent this; SameSite does not tell ports apart."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is not None:
        return origin == f"http://{request.host}"
    if request.method not in READS:
        return site == "same-origin"
    is_visit = request.headers.get("Sec-Fetch-Dest") == "document"
    return site in (None, "none", "same-origin") or is_visit
