"""The documents of a plant as pages of the report, each a file that can be sent on alone."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.csv import render_csv
from edgeward.brief.document import Document
from edgeward.brief.kinds import KIND_WORDS, write_documents
from edgeward.brief.subject import Subject
from edgeward.report.html import render_page
from edgeward.report.view import Link, LinkGroup
from edgeward.write import OutputFile

_FOLDER = "documents"


def plant_documents(subject: Subject) -> tuple[tuple[LinkGroup, ...], tuple[OutputFile, ...]]:
    """The files, by their path in the report, and the links to them from the plant's page."""
    groups, files = [], []
    for kind, words in KIND_WORDS.items():
        documents = write_documents(subject, kind)
        links = []
        for document in documents:
            for link, file in _pages(subject, kind, document):
                links.append(link)
                files.append(file)
        if links:
            groups.append(LinkGroup(words, tuple(links)))
    return tuple(groups), tuple(files)


def _pages(subject: Subject, kind: str, document: Document) -> Iterator[tuple[Link, OutputFile]]:
    """The page, and the list as CSV where there is one."""
    path = f"{_FOLDER}/{subject.site.name}/{document.name}"
    about = document.name.removeprefix(kind).removeprefix("-") or "the plant"
    page = render_page("document.html.j2", (document,))
    yield Link(about, f"../{path}.html"), OutputFile(f"{path}.html", page)
    if document.listed is not None:
        data = f"{render_csv((document,))}\n".encode(errors="replace")
        yield Link("as CSV", f"../{path}.csv"), OutputFile(f"{path}.csv", data)
