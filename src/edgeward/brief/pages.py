"""The documents as pages of the report, each a file that can be sent on alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edgeward.brief.csv import render_csv
from edgeward.brief.document import Document
from edgeward.brief.hardware import write_fleet_hardware
from edgeward.brief.kinds import KIND_WORDS, write_documents
from edgeward.brief.subject import Subject
from edgeward.report.html import render_page
from edgeward.report.view import Link, LinkGroup, Links
from edgeward.write import OutputFile

_FOLDER = "documents"
_Page = tuple[Link, OutputFile]


def write_pages(subjects: Sequence[Subject]) -> tuple[Links, tuple[OutputFile, ...]]:
    """The files by their path in the report, and the links to them from its pages."""
    files: list[OutputFile] = []
    plants = {}
    for subject in subjects:
        kinds = {words: list(_of_plant(subject, kind)) for kind, words in KIND_WORDS.items()}
        plants[subject.site.name] = _group(kinds, files)
    return Links(_group(_of_all(subjects), files), plants), tuple(files)


def _group(kinds: dict[str, list[_Page]], files: list[OutputFile]) -> tuple[LinkGroup, ...]:
    files += [file for pages in kinds.values() for _, file in pages]
    return tuple(
        LinkGroup(words, tuple(link for link, _ in pages))
        for words, pages in kinds.items()
        if pages
    )


def _of_plant(subject: Subject, kind: str) -> Iterator[_Page]:
    folder = f"{_FOLDER}/{subject.site.name}"
    for document in write_documents(subject, kind):
        about = document.name.removeprefix(kind).removeprefix("-") or "the plant"
        yield from _pages(folder, "../", about, document)


def _of_all(subjects: Sequence[Subject]) -> dict[str, list[_Page]]:
    """The lists that somebody needs of several plants at once."""
    if len(subjects) < 2:
        return {}
    hardware = _pages(_FOLDER, "", "all plants", write_fleet_hardware(subjects))
    ports = [each for subject in subjects for each in write_documents(subject, "ports")]
    return {
        KIND_WORDS["hardware"]: list(hardware),
        KIND_WORDS["ports"]: [_csv(f"{_FOLDER}/ports", "", ports)] if ports else [],
    }


def _pages(folder: str, up: str, about: str, document: Document) -> Iterator[_Page]:
    """The page, and the list as CSV where there is one."""
    path = f"{folder}/{document.name}"
    page = render_page("document.html.j2", (document,))
    yield Link(about, f"{up}{path}.html"), OutputFile(f"{path}.html", page)
    if document.listed is not None:
        yield _csv(path, up, (document,))


def _csv(path: str, up: str, documents: Sequence[Document]) -> _Page:
    data = f"{render_csv(documents)}\n".encode(errors="replace")
    return Link("as CSV", f"{up}{path}.csv"), OutputFile(f"{path}.csv", data)
