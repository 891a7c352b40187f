"""The shortcuts are shown to whom they serve: who may take conversations and answer in them."""

import pytest

from bot.casework.rights import Role
from tests.support.desk import PAGE
from tests.support.roles import person


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.CASEWORKER, True),
        (Role.BOLIGAGENT, True),
        (Role.LEAD, False),
        (Role.MAINTAINER, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_who_answers_is_shown_the_shortcuts(app, role, shown):
    page = person(app, [role]).get("/desk/sign-ins", headers=PAGE)
    assert (page.status_code, 'id="shortcuts"' in page.text) == (200, shown)
