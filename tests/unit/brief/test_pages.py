from __future__ import annotations

from dataclasses import replace

from edgeward.brief.pages import write_pages
from tests.unit.brief.subjects import make_subject
from tests.unit.report.outcomes import DECIDED, NO_TIER

OTHER = make_subject(site=replace(make_subject(DECIDED).site, name="other"))


def test_every_link_leads_to_a_file_and_every_file_has_a_link() -> None:
    links, files = write_pages((make_subject(DECIDED), OTHER))
    linked = [link.href for group in links.shared for link in group.links]
    for groups in links.plants.values():
        linked += [link.href.removeprefix("../") for group in groups for link in group.links]
    assert sorted(linked) == sorted(file.path for file in files)
    assert len(set(linked)) == len(linked)


def test_the_documents_of_a_plant_are_named_for_what_they_are_about() -> None:
    links, _ = write_pages((make_subject(DECIDED),))
    assert links.shared == ()
    shown = {
        group.title: [link.words for link in group.links] for group in links.plants["bottling-brno"]
    }
    assert shown == {
        "One-page brief": ["cap-check"],
        "Recovery card": ["line2-gpu"],
        "Connections to open": ["the plant", "as CSV"],
        "Change ticket": ["the plant"],
        "Hardware list": ["the plant", "as CSV"],
        "Architecture note": ["the plant"],
        "Rollback checklist": ["the plant"],
        "Record for auditors": ["cap-check"],
    }


def test_a_list_of_all_plants_has_one_head() -> None:
    _, files = write_pages((make_subject(DECIDED), OTHER))
    (ports,) = (file.content.decode() for file in files if file.path == "documents/ports.csv")
    assert ports.count("plant,from") == 1
    assert "\nbottling-brno,line2-gpu" in ports and "\nother,line2-gpu" in ports


def test_where_nothing_is_built_no_card_is_written() -> None:
    links, _ = write_pages((make_subject(NO_TIER),))
    titles = {group.title for group in links.plants["press"]}
    assert not {"Recovery card", "Change ticket", "Rollback checklist"} & titles


def test_what_people_wrote_stays_text_in_every_document() -> None:
    hostile = "<script>alert(1)</script> \"' {{ 7 * 7 }} </style>"
    use_case = replace(make_subject(DECIDED).site.use_cases[0], action=hostile, owner=hostile)
    site = replace(make_subject(DECIDED).site, title=hostile, owner=hostile, use_cases=(use_case,))
    _, files = write_pages((make_subject(site=site), OTHER))
    pages = [file.content.decode() for file in files if file.path.endswith(".html")]
    assert len(pages) > 10
    for page in pages:
        assert "<script" not in page
        assert page.count("</style>") == 1
    assert any("{{ 7 * 7 }}" in page for page in pages)
