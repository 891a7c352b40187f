"""A municipality comes into a store."""

from bot.municipality.towns import Municipality
from bot.store.store import Work


def join(work: Work, municipality: Municipality) -> None:
    """Adds it with the boligagenter of its file, unless it is there; from then on the store knows better."""
    if municipality.slug in work.people.municipalities():
        return
    work.people.add_municipality(municipality.slug)
    for agent in municipality.agents:
        work.agents.add(municipality.slug, agent.name, agent.openings, agent.talks_a_day)
