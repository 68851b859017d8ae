"""What goes wrong on request, and which way the app is reached."""

from aiohttp import web

from bot.sandbox.control.requests import Body, ControlError, read_body
from bot.sandbox.delivery import Delivery
from bot.sandbox.faults import NAMES, BadFault, Fault, FaultBook
from bot.sandbox.request_url import NotLoopback
from bot.sandbox.transport import NoAnswer


class Disturbances:
    """The routes for faults and for the delivery."""

    def __init__(self, faults: FaultBook, delivery: Delivery) -> None:
        self._faults = faults
        self._delivery = delivery

    async def cause(self, request: web.Request) -> web.Response:
        """POST /control/faults {fault, method?, times?, ms?, retry_after?} -> what is still to happen."""
        body = await read_body(request)
        self._faults.add(_fault(body))
        return self._shown()

    async def show(self, _: web.Request) -> web.Response:
        """GET /control/faults -> {faults, names}."""
        return self._shown()

    async def take_back(self, request: web.Request) -> web.Response:
        """DELETE /control/faults?fault= : those of this name, or all."""
        self._faults.remove(request.query.get("fault"))
        return self._shown()

    async def delivery(self, _: web.Request) -> web.Response:
        """GET /control/delivery -> {mode, request_url, connections, unacknowledged}."""
        return web.json_response(self._delivery.to_json())

    async def deliver(self, request: web.Request) -> web.Response:
        """POST /control/delivery {mode: socket | http, request_url?}: an address has to answer Slack's challenge."""
        body = await read_body(request)
        mode = body.required("mode")
        if mode == "http":
            await self._use_http(body.text("request_url"))
        elif mode == "socket":
            self._delivery.use_socket()
        else:
            raise ControlError(400, "invalid_argument", "`mode` is socket or http.")
        return web.json_response(self._delivery.to_json())

    def _shown(self) -> web.Response:
        return web.json_response({"faults": self._faults.to_json(), "names": list(NAMES)})

    async def _use_http(self, url: str | None) -> None:
        try:
            await self._delivery.use_http(url)
        except NotLoopback as error:
            raise ControlError(400, "not_loopback", str(error)) from error
        except NoAnswer as error:
            raise ControlError(502, "url_not_verified", str(error)) from error


def _fault(body: Body) -> Fault:
    details = {name: value for name, value in body.values.items() if name not in ("fault", "user")}
    try:
        return Fault.of(body.required("fault"), details)
    except BadFault as error:
        raise ControlError(400, "invalid_fault", str(error)) from error
