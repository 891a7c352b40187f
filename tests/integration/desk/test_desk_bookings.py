"""The desk's bookings: when, where and with whom, for one's own municipality alone."""

import pytest

from bot.casework.bookings import About
from bot.municipality.towns import Municipality
from tests.support.desk import CONTACT, PAGE


def test_the_bookings_show_when_where_and_with_whom(anna, young, municipality: Municipality):
    booking = young.books(municipality, CONTACT)
    assert anna.get("/desk/bookings.json").json() == {
        "bookings": [
            {
                "id": booking.id,
                "starts_at": booking.starts_at.isoformat(),
                "ends_at": booking.ends_at.isoformat(),
                "way": "phone",
                "status": "active",
                "about": "young",
                "conversation_id": young.id,
            }
        ]
    }
    page = anna.get("/desk/bookings", headers=PAGE).text
    for words in ("Sofie, 12345678", "Telefon", "På telefon: vi ringer til dig", "Boligagenten", "Aftalt", young.id):
        assert words in page, words


@pytest.mark.parametrize(
    ("about", "title"), [(About.YOUNG, "Ung"), (About.WITH_HELPER, "Ung og hjælper"), (About.WORRY, "Bekymring")]
)
def test_whose_talk_it_is_stands_in_the_day_s_talks_and_beside_the_conversation(
    anna, young, municipality: Municipality, about: About, title: str
):
    young.books(municipality, CONTACT, about=about)
    [booking] = anna.get("/desk/bookings.json").json()["bookings"]
    assert booking["about"] == about.value
    assert f">{title}</" in anna.get("/desk/bookings", headers=PAGE).text
    assert f"<strong>{title}.</strong>" in anna.get(f"/desk/conversations/{young.id}", headers=PAGE).text


def test_another_municipality_s_bookings_are_not_shown(carl, young, municipality: Municipality):
    young.books(municipality, CONTACT)
    assert carl.get("/desk/bookings.json").json() == {"bookings": []}
    page = carl.get("/desk/bookings", headers=PAGE).text
    assert "Sofie" not in page
    assert "Ingen aftaler i dag." in page
