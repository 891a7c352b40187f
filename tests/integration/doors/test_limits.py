"""How often something may be done: by address, and in one conversation wherever it comes from."""

from pathlib import Path
from uuid import uuid4

import pytest
from httpx import Response
from starlette.testclient import TestClient

from tests.support.desk import CONTACT
from tests.support.two_towns import HERE, TwoTowns, Written, two_towns


def test_writing_into_one_conversation_is_limited_wherever_it_comes_from(tmp_path: Path) -> None:
    with two_towns(tmp_path, messages_in_conversation_a_minute=4) as place:
        mine, other = place.opens(), place.opens()
        answers = [_writes(place, mine, f"198.51.100.{number}") for number in range(3)]
        answers.append(_reaches(place, mine, "198.51.100.7"))
        assert [answer.status_code for answer in answers] == [202, 202, 202, 204]
        refused = [how(place, mine, "198.51.100.8") for how in (_writes, _reaches, _shares)]
        for one_too_many in refused:
            assert (one_too_many.status_code, one_too_many.json()["code"]) == (429, "too_many_requests")
            assert one_too_many.headers["Retry-After"] == "60"
            assert "112" in one_too_many.json()["title"]
        assert _writes(place, other, "198.51.100.8").status_code == 202


def test_an_address_may_write_so_much_in_all_its_conversations(tmp_path: Path) -> None:
    with two_towns(tmp_path, messages_a_minute=3) as place:
        answers = [_writes(place, place.opens(), "198.51.100.1") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
        assert _writes(place, place.opens(), "198.51.100.2").status_code == 202


def test_whoever_has_no_token_uses_up_nobodys_messages(tmp_path: Path) -> None:
    with two_towns(tmp_path, messages_in_conversation_a_minute=1) as place:
        mine = place.opens()
        stranger = Written(mine.id, "x")
        assert {_writes(place, stranger, "198.51.100.3").status_code for _ in range(5)} == {401}
        assert _writes(place, mine, "198.51.100.1").status_code == 202


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/conversations", "POST"),
        ("/api/conversations/x/messages", "GET, HEAD, POST"),
        ("/api/bookings/find", "POST"),
        ("/book", "GET, HEAD, POST"),
    ],
)
def test_what_may_not_be_done_is_told_together_with_what_may(served: TwoTowns, path: str, allowed: str) -> None:
    answer = served.client.patch(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)


@pytest.mark.parametrize("number", ["-1", "1.5", "1e3", "1_0", " 1", "٣", "nan", "inf", "9" * 5000, "", "x"])
def test_a_number_in_an_address_is_a_number(served: TwoTowns, number: str) -> None:
    mine = served.opens()
    for end in ("messages", "stream"):
        answer = served.client.get(f"/api/conversations/{mine.id}/{end}", params={"after": number}, headers=mine.key)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_number"), end


def test_a_code_is_ours_and_never_what_somebody_sent(served: TwoTowns) -> None:
    answer = served.client.post("/api/conversations", json={"municipality": "eksempel", "<script>": 1})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_field")
    assert "script" not in answer.text


def test_who_guesses_from_many_addresses_gets_few_tries_and_who_knows_the_words_gets_in(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with two_towns(tmp_path, wrong_codes_of_all_a_day=10) as place:
        code = place.young().books(place.towns[HERE], CONTACT).code
        tried = [_finds(place, f"198.51.100.{number}") for number in range(10)]
        assert {answer.status_code for answer in tried} == {404}
        assert "each address may try only 3" in caplog.text
        fresh = [_finds(place, "203.0.113.1").status_code for _ in range(4)]
        assert fresh == [404, 404, 404, 429]
        assert _finds(place, "203.0.113.1").json()["code"] == "too_many_wrong_codes"
        assert _finds(place, "203.0.113.2", code).status_code == 200


def _finds(place: TwoTowns, address: str, code: str = "skov lampe kage") -> Response:
    return _from(place, address).post("/api/bookings/find", json={"code": code})


def _from(place: TwoTowns, address: str) -> TestClient:
    return TestClient(place.app, client=(address, 50_000))


def _writes(place: TwoTowns, whose: Written, address: str) -> Response:
    body = {"client_id": str(uuid4()), "text": "hej"}
    return _from(place, address).post(f"/api/conversations/{whose.id}/messages", json=body, headers=whose.key)


def _reaches(place: TwoTowns, whose: Written, address: str) -> Response:
    path = f"/api/conversations/{whose.id}/contact"
    return _from(place, address).put(path, json={"phone": "12 34 56 78"}, headers=whose.key)


def _shares(place: TwoTowns, whose: Written, address: str) -> Response:
    return _from(place, address).put(f"/api/conversations/{whose.id}/consent", json={"plan": False}, headers=whose.key)
