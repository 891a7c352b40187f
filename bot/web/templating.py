"""The one set of templates of all pages."""

from pathlib import Path

from starlette.templating import Jinja2Templates

from bot.casework.rights import Right

HERE = Path(__file__).parent
STATIC = HERE / "static"
# Where the quick exit leads: the weather, because everybody may have looked that up.
NEUTRAL_PAGE = "https://www.dmi.dk/"

# Starlette's own environment escapes everything.
templates = Jinja2Templates(directory=HERE / "templates")
templates.env.globals["neutral_page"] = NEUTRAL_PAGE
# The desk shows nobody what they may not use.
templates.env.globals["Right"] = Right
