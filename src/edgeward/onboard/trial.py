"""An answer is tried on the whole plant at once, so that nobody hears of it at the end."""

from __future__ import annotations

import copy

from edgeward.declare.plant import Layers, PlantSource, read_plant
from edgeward.onboard.answer import Answer
from edgeward.onboard.draft import Draft
from edgeward.onboard.networks import make_zone
from edgeward.onboard.site_text import site_text
from edgeward.onboard.units import BadAnswer


def try_answer(draft: Draft, path: str, answer: Answer, layers: Layers) -> None:
    """Put an answer into the draft; a zone that is named is made.

    Raises BadAnswer, and puts nothing, where it does not fit.
    """
    before = copy.deepcopy(draft.tree)
    if path.endswith(".zone") and answer.known and answer.value not in draft.names("zones"):
        make_zone(draft, answer.value)
    draft.put(path, answer)
    name = draft.tree["name"]
    read = read_plant(site_text(draft.tree).encode(), "answer", name, layers)
    if isinstance(read, PlantSource):
        return
    for problem in read:
        if f"{problem.path}.".startswith(f"{path}."):
            draft.tree = before
            raise BadAnswer(problem.message)
