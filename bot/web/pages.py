"""What a young person opens: the demo page, the chat page, and the loader a municipality embeds."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from bot.municipality.towns import Municipality
from bot.web.security import chat_policy
from bot.web.templating import STATIC, templates

LOADER = STATIC / "widget" / "loader.js"
CHAT_MODULES = tuple(sorted(file.name for file in (STATIC / "chat").glob("*.js") if file.name != "main.js"))
COLOURS_CACHE = "public, max-age=300"
COLOURS = """:root {{ --main: {colours.main}; --on-main: {colours.on_main}; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --main: {colours.main_dark}; --on-main: {colours.on_main_dark}; }}
}}
"""
# Municipalities embed the loader by a fixed address: a repaired one must reach them within the hour.
LOADER_CACHE = "public, max-age=3600"


def home(request: Request) -> Response:
    """The page of the invented municipality with the widget on it; 404 where none is installed."""
    demo = next((town for town in _municipalities(request).values() if town.invented), None)
    if demo is None:
        return _not_found(request)
    origin = str(request.base_url).rstrip("/")
    return templates.TemplateResponse(request, "home.html", {"municipality": demo, "origin": origin})


def chat(request: Request) -> Response:
    """The chat page of `?municipality=<slug>`; pages of that municipality may show it in a frame."""
    municipality = _municipalities(request).get(request.query_params.get("municipality", ""))
    if municipality is None:
        return _not_found(request)
    context = {"municipality": municipality, "modules": CHAT_MODULES}
    response = templates.TemplateResponse(request, "chat.html", context)
    response.headers["Content-Security-Policy"] = chat_policy(municipality.frame_ancestors)
    return response


def colours(request: Request) -> Response:
    """The colours of one municipality, as a style sheet that comes after our own; 404 for one that has none."""
    municipality = _municipalities(request).get(request.path_params["slug"])
    if municipality is None or municipality.colours is None:
        return _not_found(request)
    sheet = COLOURS.format(colours=municipality.colours)
    return Response(sheet, media_type="text/css", headers={"Cache-Control": COLOURS_CACHE})


def widget(request: Request) -> Response:  # noqa: ARG001
    """The loader."""
    return FileResponse(LOADER, media_type="text/javascript", headers={"Cache-Control": LOADER_CACHE})


def _municipalities(request: Request) -> Mapping[str, Municipality]:
    towns: Mapping[str, Municipality] = request.app.state.municipalities
    return towns


def _not_found(request: Request) -> Response:
    return templates.TemplateResponse(request, "not_found.html", status_code=404)


page_routes: list[BaseRoute] = [
    Route("/", home),
    Route("/chat", chat),
    Route("/widget.js", widget),
    Route("/kommuner/{slug}/farver.css", colours),
]
