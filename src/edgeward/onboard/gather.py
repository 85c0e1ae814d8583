"""Which plants are to be made, and what was answered for each, from files and flags."""

from __future__ import annotations

from collections.abc import Sequence

from edgeward.errors import UsageError
from edgeward.onboard.answers_file import Given

Called = tuple[str, list[Given]]


def gather(
    files: Sequence[Sequence[Sequence[Given]]], flags: Sequence[Given], site: str | None
) -> list[Called]:
    """The plants by what people call them, each with its answers, the last of which wins.

    Answers without a name are common to all; `site` picks a plant, or names the only one.
    Raises UsageError where no plant is meant.
    """
    common: list[Given] = []
    plants: list[Called] = []
    for answers in (each for file in files for each in file):
        name = next((each.value for each in answers if each.path == "name"), None)
        if name is None:
            common += answers
        else:
            plants.append((str(name), list(answers)))
    if site is not None and len(plants) > 1:
        plants = [each for each in plants if each[0] == site]
        if not plants:
            raise UsageError(f"no plant of the answers is called {site}")
    elif site is not None:
        plants = [(site, plants[0][1] if plants else [])]
    if not plants:
        raise UsageError("name the plant: edgeward new SITE, or a `name` in the answers")
    return [(called, [*common, *own, *flags]) for called, own in plants]
