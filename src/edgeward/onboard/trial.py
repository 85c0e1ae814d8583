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
    """Put an answer into the draft; a zone that it names is made.

    Raises BadAnswer, and puts nothing, where it does not fit.
    """
    before = copy.deepcopy(draft.tree)
    if path.endswith(".zone"):
        named = {answer.value} if answer.known else {*answer.one_of}
        for name in sorted(named.difference(draft.names("zones"))):
            make_zone(draft, name)
    draft.put(path, answer)
    name = draft.tree["name"]
    read = read_plant(site_text(draft.tree).encode(), "answer", name, layers)
    if isinstance(read, PlantSource):
        return
    for problem in read:
        if f"{problem.path}.".startswith(f"{path}."):
            draft.tree = before
            raise BadAnswer(problem.message)
