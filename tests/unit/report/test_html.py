from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest

from edgeward.decision import Decision
from edgeward.graph import ResourceGraph
from edgeward.report.dates_view import view_dates
from edgeward.report.html import set_code
from edgeward.result import RunResult
from edgeward.site import Assumption
from tests.unit.report.outcomes import (
    DECIDED,
    EVERY_STATUS,
    FRAGILE,
    INVALID,
    NO_TIER,
    NOT_READY,
    WITH_FINDINGS,
    render,
    run_with,
)

_VOID = {"meta", "wbr", "link", "img", "input", "br", "hr"}
HOSTILE = (
    "<script>alert(1)</script>\"' onload=x {{ 7 * 7 }} {% raw %} &amp; </style> http://x.example/"
)


class _Page(HTMLParser):
    """Reads a page; fails on a tag that is not closed in its turn."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.ids, self.links, self.attributes = [], [], [], [], []
        self.words = self.unfolded = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        values = dict(attrs)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "title"} & set(self.open):
            self.words += data
            self.unfolded += "" if "details" in self.open else data

    @property
    def text(self):
        return " ".join(self.words.split())


def _pages(*plants):
    return {path: page.decode() for path, page in render(RunResult(plants)).items()}


def _plant(plant):
    return _Page(_pages(plant)[f"plants/{plant.name}.html"])


@pytest.mark.parametrize("result", [EVERY_STATUS, run_with(HOSTILE), RunResult(())])
def test_every_page_is_well_formed_and_stands_alone(result):
    for content in render(result).values():
        text = content.decode()
        page = _Page(text)
        assert len(page.ids) == len(set(page.ids))
        assert page.tags.count("main") == page.tags.count("h1") == 1
        assert not {"script", "img", "link", "iframe", "object", "form"} & set(page.tags)
        assert not {name for name in page.attributes if name.startswith("on") or name == "src"}
        assert "url(" not in text
        assert "@import" not in text
        assert not [link for link in page.links if re.match(r"[a-z]+:", link)]


def test_headings_skip_no_level():
    for content in render(EVERY_STATUS).values():
        levels = [
            int(tag[1]) for tag in _Page(content.decode()).tags if re.fullmatch("h[1-6]", tag)
        ]
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_leads_to_a_page_or_a_place_of_the_report():
    pages = {path: _Page(text.decode()) for path, text in render(EVERY_STATUS).items()}
    for path, page in pages.items():
        for link in page.links:
            if link.startswith("#"):
                assert link[1:] in page.ids
            else:
                target = link.removeprefix("../") if path.startswith("plants/") else link
                assert unquote(target) in pages


def test_what_people_wrote_stays_text():
    pages = [page.decode() for page in render(run_with(HOSTILE)).values()]
    for page in pages:
        assert "<script" not in page
        assert page.count("</style>") == 1
    assert "{{ 7 * 7 }}" in _Page(pages[1]).text


def test_what_stands_between_backticks_is_set_as_code_and_stays_text():
    said = set_code("give `<b>` or `finance.prices` with a reason, ` alone")
    assert said == (
        "give <code>&lt;b&gt;</code> or <code>finance.prices</code> with a reason, ` alone"
    )


def test_a_plant_named_index_does_not_replace_the_fleet():
    assert len(_pages(replace(DECIDED, name="index"), NO_TIER)) == 3


def test_a_folder_whose_name_is_no_text_still_gets_a_page():
    pages = _pages(replace(INVALID, name="caf\udce9"))
    assert _Page(pages["index.html"]).links == ["#main", "plants/caf%E9.html"]
    assert "plants/caf\udce9.html" in pages


def test_the_fleet_shows_each_plant_with_its_tiers_and_pattern():
    page = _Page(render(EVERY_STATUS)["index.html"].decode())
    for words in (
        "1 decided",
        "1 no tier permitted",
        "bottling-brno Filler line 2 decided",
        "runs cap-check",
        "trains cap-check",
        "score and enrich",
        "connectivity.rtt_p99_ms",
        "cap-check: not ready, 2 things missing",
        "broken",
    ):
        assert words in page.text


def test_the_fleet_can_be_filtered_by_what_there_is():
    text = render(EVERY_STATUS)["index.html"].decode()
    kinds = re.findall(r'id="only-([a-z_-]+)"', text)
    assert kinds == [
        *("is-decided", "is-findings", "is-not_ready", "is-no_tier", "is-invalid"),
        *("in-device", "fragile", "behind"),
    ]
    for kind in kinds:
        assert f"body:has(#only-{kind}:checked) .matrix tbody tr:not(.{kind})" in text
        assert re.search(rf'<tr role="row" class="[^"]*\b{kind}\b', text)


def test_a_model_trained_by_its_vendor_says_so_in_the_matrix():
    decision = replace(DECIDED.decision, placements=(replace(FRAGILE, training_tier="vendor"),))
    page = _Page(_pages(replace(DECIDED, decision=decision))["index.html"])
    assert "score and enrich, trained by the vendor" in page.text


def test_the_page_of_a_decided_plant_explains_the_decision():
    page = _plant(DECIDED)
    for words in (
        "The model runs on line2-gpu, at the machine, and is trained in the cloud.",
        "From camera trigger to valve energised it takes at most 15 ms; the action can wait 60 ms.",
        "Why here: the only permitted tier.",
        "900 ms at the tail, the action can wait 60 ms placement.latency_fits",
        "away up to 8 h",
        "exposure 2, actuator 4",
        "Without a prediction, people take over. This can last 4 h. It costs 210 USD an hour.",
        "changes the decision of cap-check",
        "alone changes no decision; at its worst together with others it may",
        "no decision hangs on it",
        "a or b",
        "2 warnings, 1 note.",
        "sites/bottling-brno/site.yaml:14:9",
        "3 resources in eu-central-1.",
        "iot Thing 2 line2, line3",
        "line2-gpu-1: 2 files, 1.5 kB",
        "etc/edgeward.conf 0640, 1.5 kB",
        "cap-check: tier is cloud in the lock, device now",
    ):
        assert words in page.text


def test_what_a_first_reader_wants_is_not_folded():
    """Why not elsewhere, without the link, how to go back, what is not certain, what comes next."""
    rules = ("placement.compute_sustained", "placement.storage_fits")
    (placement,) = DECIDED.decision.placements
    decision = replace(DECIDED.decision, placements=(replace(placement, stated_rules=rules),))
    unfolded = " ".join(_plant(replace(DECIDED, decision=decision)).unfolded.split())
    for words in (
        "Why here: the only permitted tier. Not in the cloud: 900 ms at the tail",
        "When the link is away Works without the link; what should leave the plant waits, how",
        "Not certain Nobody knows connectivity.rtt_p99_ms, the time of inference exactly.",
        "at the worst the box would be too busy and placement.storage_fits may not be met",
        "What comes next Choose cloud.region; until then one of 2 stands in.",
        "Settle 2 warnings before it is relied on, listed under Findings. Run the model on this",
    ):
        assert words in unfolded
    assert "exposure 2, actuator 4" not in unfolded


def test_what_stands_in_for_a_choice_says_so_and_is_to_be_chosen():
    at = "use_cases.cap-check.model.name"
    stands_in = Assumption(at, None, None, ("a", "b"), "not chosen yet", None, None)
    site = replace(DECIDED.site, assumptions=(stands_in,))
    page = _plant(replace(DECIDED, site=site)).text
    assert ", standing in until one is chosen" in page
    assert "Choose the model for cap-check, or have one made; until then one of 2 stands in" in page


def test_what_one_person_confirms_on_one_day_is_one_date():
    assumed = [
        Assumption(at, 1, 2, (), "a guess", "o@example.com", "2026-12-01") for at in ("a.b", "c.d")
    ]
    site = replace(DECIDED.site, assumptions=tuple(assumed))
    rows = [row for row in view_dates(site, date(2026, 11, 26)) if "assumed" in row.what]
    assert [(row.day, row.what) for row in rows] == [
        ("2026-12-01", "2 values are assumed: do they still hold?")
    ]


def test_a_few_plants_are_not_filtered():
    assert "only-is-decided" not in render(RunResult((DECIDED,)))["index.html"].decode()


def test_the_dual_path_shows_its_bands():
    bands = {"act_above": 0.9, "defer_above": 0.6, "defer_to": "human", "below": "safe_action"}
    decision = Decision("bottling-brno", (replace(FRAGILE, bands=bands),), ())
    assert (
        "A score from 0.9 on acts; from 0.6 on it goes to human; below that: safe action."
        in _plant(replace(DECIDED, decision=decision)).text
    )


def test_the_page_of_a_plant_that_is_not_ready_says_what_is_missing_and_where():
    page = _plant(NOT_READY)
    assert "No decision yet: 2 things must be known first." in page.text
    assert "the physical action use_cases.cap-check.action sites/vague/site.yaml:8:5" in page.text
    assert "1 error; 1 of them with the use cases above." in page.text
    assert "None: nothing has a place." in page.text


def test_the_page_of_an_impossible_plant_says_what_blocks_and_what_would_help():
    page = _plant(NO_TIER)
    assert "device line2-gpu blocked 15 ms" in page.text
    assert "900 MB of memory needed, 400 MB there placement.ram_fits" in page.text
    assert "cloud not known" in page.text
    assert "depends on connectivity.rtt_p99_ms" in page.text
    assert "the data may not leave placement.training_data_may_leave" in page.text
    assert "What would help Take a device with more memory." in page.text


def test_parts_that_a_run_did_not_make_are_left_out():
    page = _plant(WITH_FINDINGS)
    assert "cloud" not in page.ids
    assert "edge" not in page.ids
    assert "No decision has been committed for this plant yet." in page.text
    empty = ResourceGraph("finds", None, ())
    assert "cloud" in _plant(replace(WITH_FINDINGS, graph=empty)).ids


def test_the_same_result_gives_the_same_bytes():
    backwards = replace(DECIDED, findings=DECIDED.findings[::-1])
    assert render(RunResult((DECIDED,))) == render(RunResult((backwards,)))
