"""Where somebody can sleep tonight: needs no script, no store and no dialogue server, and keeps nothing."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.ages import AgeGroup
from bot.language.danish import short_date, spoken_time
from bot.safety.replies_by_tongue import shipped_replies_by_tongue
from bot.web.plain.page import chosen_town, page, plain_page, towns
from bot.web.plain.statements import with_phone_links

AGES = {"under-18": "Under 18", "18-eller-over": "18 eller over", "vil-ikke-sige": "Det vil jeg ikke sige"}
_GROUPS = {"under-18": AgeGroup.UNDER_18, "18-eller-over": AgeGroup.ADULT}


@plain_page
async def tonight(request: Request) -> Response:
    """GET /i-nat?alder=…&kommune=…: what an answer is missing for is left out, never the help."""
    slug = request.query_params.get("kommune", "")
    age = request.query_params.get("alder", "")
    town = chosen_town(request, slug)
    now = datetime.now(UTC)
    places = town.places_tonight(_GROUPS.get(age), now) if town else []
    staffed_next = town.next_staffed(now) if town else None
    view: dict[str, Any] = {
        "age": age if age in AGES else "",
        "ages": AGES,
        "town": town,
        "towns": towns(request),
        "places": [
            (with_phone_links(line), short_date(told.place.confirmed))
            for line, told in zip(shipped_replies_by_tongue().danish.places.lines(places), places, strict=True)
        ],
        "staffed": bool(town and town.staffed_at(now)),
        "staffed_next": spoken_time(staffed_next) if staffed_next else "",
    }
    return page(request, "tonight.html", **view)
