"""The control API's one door: people, the page and tests come in with the key, anything else stays out."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.control.disturbances import Disturbances
from bot.sandbox.control.forms import Forms
from bot.sandbox.control.gestures import Gestures
from bot.sandbox.control.news import News
from bot.sandbox.control.presses import Presses
from bot.sandbox.control.requests import ControlError
from bot.sandbox.control.talk import Talk
from bot.sandbox.key import Key

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def control_routes(
    key: Key,
    talk: Talk,
    presses: Presses,
    forms: Forms,
    news: News,
    *,
    gestures: Gestures,
    disturbances: Disturbances,
) -> list[web.RouteDef]:
    """Give every `/control/...` route, each behind the key."""

    def guarded(handler: Handler) -> Handler:
        async def run(request: web.Request) -> web.StreamResponse:
            try:
                _check_key(request, key)
                return await handler(request)
            except ControlError as error:
                return error.to_response()

        return run

    return [
        web.post("/control/messages", guarded(talk.say)),
        web.patch("/control/messages/{channel}/{ts}", guarded(talk.edit)),
        web.delete("/control/messages/{channel}/{ts}", guarded(talk.delete)),
        web.post("/control/files", guarded(talk.hand_in)),
        web.get("/control/files/{file_id}/content", guarded(talk.content)),
        web.post("/control/commands", guarded(presses.command)),
        web.post("/control/actions", guarded(presses.action)),
        web.post("/control/shortcuts", guarded(presses.shortcut)),
        web.post("/control/home", guarded(presses.home)),
        web.post("/control/suggestions", guarded(presses.suggestions)),
        web.post("/control/views/{view_id}/submit", guarded(forms.submit)),
        web.post("/control/views/{view_id}/close", guarded(forms.close)),
        web.get("/control/state", guarded(news.state)),
        web.get("/control/messages", guarded(news.messages)),
        web.get("/control/changes", guarded(news.changes)),
        web.post("/control/socket", guarded(news.socket)),
        web.post("/control/reactions", guarded(gestures.react)),
        web.post("/control/stop", guarded(gestures.stop)),
        web.post("/control/context", guarded(gestures.look)),
        web.post("/control/members", guarded(gestures.move)),
        web.post("/control/faults", guarded(disturbances.cause)),
        web.get("/control/faults", guarded(disturbances.show)),
        web.delete("/control/faults", guarded(disturbances.take_back)),
        web.get("/control/delivery", guarded(disturbances.delivery)),
        web.post("/control/delivery", guarded(disturbances.deliver)),
    ]


def _check_key(request: web.Request, key: Key) -> None:
    if not key.opens(request):
        raise ControlError(
            403, "wrong_token", "This address wants the token that was printed when the sandbox started."
        )
