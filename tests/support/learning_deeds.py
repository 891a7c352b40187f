"""What a maintainer does at the desk so that the robot learns."""

from datetime import UTC, datetime

from bot.casework.misread import Verdict
from bot.casework.orders import OrderState, Outcome
from bot.casework.rights import Role
from bot.review.reviewing import decide
from bot.review.undoing import undo
from tests.support.desk import YoungPerson
from tests.support.desk_at_work import Deed, Desk
from tests.support.orders import trained
from tests.support.review import asks, group_of, lets_learn, night, unsettled
from tests.support.reviewing import maintainer
from tests.support.roles import gives as gives_roles
from tests.support.second_factors import user_of
from tests.support.stories import SOFA, told_by
from tests.support.the_tests import THE_TESTS


def found(desk: Desk) -> str:
    """The group of two messages that were found."""
    gives_roles(desk.store, [Role.CASEWORKER, Role.LEAD, Role.MAINTAINER], name="anna")
    night(desk.store, [lets_learn(asks(YoungPerson(desk.store), "bolig nu", "bolig her"))])
    return group_of(desk.store, "bolig nu")


def decides(desk: Desk) -> None:
    desk.does(f"/retraining/{found(desk)}", dom="confirm")


def splits(desk: Desk) -> None:
    group = found(desk)
    [number, *_] = [one.id for one in unsettled(desk.store) if one.text == "bolig her"]
    desk.does(f"/retraining/{group}/split", **{f"m{number}": "ja"})


def orders(what: str) -> Deed:
    def does(desk: Desk) -> None:
        maintains(desk)
        desk.does(f"/models/{what}")

    return does


def maintains(desk: Desk) -> None:
    """With a model that can be put into service, and one to go back to."""
    gives_roles(desk.store, [Role.MAINTAINER], name="anna")
    trained(desk.store, user_of(desk.store, "anna"))


def promotes(desk: Desk) -> None:
    maintains(desk)
    desk.does("/models/promote", model="ny")


def rolls_back(desk: Desk) -> None:
    maintains(desk)
    desk.does("/models/rollback", **{"from": "gammel"})


def checks_a_story(desk: Desk) -> str:
    """At this address."""
    gives_roles(desk.store, [Role.CASEWORKER, Role.LEAD, Role.MAINTAINER], name="anna")
    path = f"/stories/{told_by(desk.store)}"
    desk.does(f"{path}/check", tekst=SOFA)
    return path


def adds_a_story(desk: Desk) -> None:
    path = checks_a_story(desk)
    with desk.store.write(THE_TESTS) as work:
        checked = work.orders.take(datetime.now(UTC))
        assert checked
        work.orders.end(checked.id, Outcome(OrderState.DONE), datetime.now(UTC))
    desk.does(f"{path}/add", tekst=SOFA, opgave=str(checked.id))


def undoes(desk: Desk) -> None:
    group = found(desk)
    desk.does(f"/retraining/{group}", dom="confirm")
    desk.does(f"/retraining/{group}/undo")


def lets_stand(desk: Desk) -> None:
    """What two have said is danger, and a colleague would undo."""
    group = found(desk)
    colleague = maintainer(desk.store, "vera")
    decide(desk.store, colleague, group, Verdict.CORRECT, ["crisis_suicide"])
    desk.does(f"/retraining/{group}", dom="correct", betydning="crisis_suicide")
    undo(desk.store, colleague, group)
    desk.does(f"/retraining/{group}/stand")
