"""From answers to the text of `site.yaml`, checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from edgeward.declare.nodes import join
from edgeward.declare.plant import PlantSource, read_plant
from edgeward.declare.workspace import Workspace
from edgeward.errors import InvalidDeclaration, Problem, UsageError
from edgeward.onboard.answer import NOT_ASKED, Answer
from edgeward.onboard.answers_file import Given
from edgeward.onboard.draft import Draft
from edgeward.onboard.interview import applies
from edgeward.onboard.name import plant_name
from edgeward.onboard.sections import list_questions, ranges_by_pattern
from edgeward.onboard.site_text import site_text
from edgeward.onboard.steps import is_required
from edgeward.onboard.units import BadAnswer
from edgeward.write import OutputFile, write_new_files


@dataclass(frozen=True, slots=True)
class NewPlant:
    """A plant that is ready to be written, with what its file declares."""

    name: str
    text: str
    source: PlantSource


def start_draft(called: str, given: Sequence[Given], workspace: Workspace, today: date) -> Draft:
    """What was answered already. Raises InvalidDeclaration with everything that cannot be read."""
    name = plant_name(called)
    draft = Draft(workspace.catalog, today, ranges_by_pattern(), {"name": name})
    if name != called:
        draft.put("title", Answer(called))
    problems = []
    # What is not known of the link depends on its kind, so that comes first.
    for each in sorted(given, key=lambda each: each.path != "connectivity.tier"):
        if each.path == "name":
            continue
        try:
            _put(draft, each)
        except BadAnswer as wrong:
            problems.append(Problem(each.file, each.line, each.column, each.path, str(wrong)))
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return draft


def finish_plant(draft: Draft, given: Sequence[Given], workspace: Workspace) -> NewPlant:
    """The file, read back and checked. Raises InvalidDeclaration, at the answers that are wrong."""
    _mark_unknown(draft)
    name, text = draft.tree["name"], site_text(draft.tree)
    source = read_plant(text.encode(), f"sites/{name}/site.yaml", name, workspace.layers)
    if not isinstance(source, PlantSource):
        where = {each.path: each for each in given}
        raise InvalidDeclaration(tuple(_at_answer(each, where) for each in source))
    return NewPlant(name, text, source)


def refuse_existing(workspace: Workspace, name: str, made: Sequence[NewPlant]) -> None:
    """Raises UsageError for a plant that is there already, or twice among the new ones."""
    if (workspace.root / "sites" / name / "site.yaml").exists():
        raise UsageError(f"sites/{name}/site.yaml is there already: edit it, or take another name")
    if name in {each.name for each in made}:
        raise UsageError(f"two of the new plants would be called {name}: give one another name")


def write_plants(root: Path, made: Sequence[NewPlant]) -> None:
    """Write every plant, or none where one of them cannot be written."""
    files = (OutputFile(f"sites/{each.name}/site.yaml", each.text.encode()) for each in made)
    write_new_files(root, files)


def _put(draft: Draft, given: Given) -> None:
    if isinstance(given.value, str):
        draft.put_text(given.path, given.value)
    else:
        draft.put(given.path, Answer(given.value))


def _mark_unknown(draft: Draft) -> None:
    """What nobody was asked and a decision needs stands in the file as `unknown`."""
    for question, at in list_questions(draft):
        path = join(at, question.key)
        missing = question.needed and draft.get(path) is None
        if missing and applies(draft, question, at) and not is_required(path):
            draft.put(path, NOT_ASKED)


def _at_answer(problem: Problem, given: Mapping[str, Given]) -> Problem:
    """The problem at the answer that it comes from, if there was one."""
    path = problem.path
    while path and path not in given:
        path = path.rpartition(".")[0]
    if not path:
        return problem
    answer = given[path]
    return Problem(answer.file, answer.line, answer.column, problem.path, problem.message)
