"""Whoever comes by the municipality's own sign-in in many tabs at once is added once: on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.casework.rights import Role
from bot.store.store import Store
from bot.web.desk.oidc.arriving import arrive
from bot.web.desk.oidc.mapping import ClaimMap
from tests.support.the_tests import THE_TESTS

CROWD = 6
ISSUER = "https://login.horsens.example"
CLAIMS = {"sub": "mette", "given_name": "Mette", "roles": ["sagsbehandler"]}
MAP = ClaimMap("roles", {"sagsbehandler": Role.CASEWORKER}, "", {}, "eksempel")


def test_of_all_who_arrive_at_once_for_the_first_time_there_is_one_person(store: Store) -> None:
    together = Barrier(CROWD)

    def comes(_: int) -> int:
        together.wait()
        user = arrive(store, MAP, ISSUER, CLAIMS)
        assert user
        return user.id

    with ThreadPoolExecutor(CROWD) as crowd:
        assert len(set(crowd.map(comes, range(CROWD)))) == 1
    with store.read(THE_TESTS) as work:
        noted = [entry.action for entry in work.people.noted("eksempel")]
    assert sorted(noted) == ["add_user", "give_caseworker"]


def test_another_issuer_with_the_same_subject_is_somebody_else(store: Store) -> None:
    first, second = (arrive(store, MAP, issuer, CLAIMS) for issuer in (ISSUER, f"{ISSUER}/other"))
    assert first
    assert second
    assert first.id != second.id
