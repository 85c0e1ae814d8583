"""What each kind of document says of the same plant."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from edgeward.brief.csv import render_csv
from edgeward.brief.hardware import write_fleet_hardware
from edgeward.brief.kinds import KINDS, write_documents
from edgeward.brief.markdown import render_markdown
from edgeward.brief.ports import port_rows
from edgeward.brief.text import render_text
from edgeward.catalog import Accuracy, Catalog, Model, ModelTraining
from edgeward.errors import UsageError
from edgeward.history import Commit
from edgeward.quantity import Quantity, exact, unknown
from edgeward.site import Assumption, Flow
from edgeward.use_case import Condition, Updates
from tests.unit.brief.subjects import make_subject, with_use_case
from tests.unit.report.outcomes import DECIDED, FINDING, NO_TIER, NOT_READY

LISTS = ("ports", "hardware")
SITE = DECIDED.site
assert SITE is not None


def _text(subject, kind):
    return " ".join("\n".join(map(render_text, write_documents(subject, kind))).split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plant", [DECIDED, NOT_READY, NO_TIER])
def test_every_kind_can_be_written_of_every_plant(kind, plant):
    documents = write_documents(make_subject(plant), kind)
    assert len({each.name for each in documents}) == len(documents)
    for document in documents:
        assert render_text(document) and render_markdown(document)
        assert document.foot.startswith("From sites/")
    if kind in LISTS:
        head, *rows = render_csv(documents).splitlines()
        assert head.startswith("plant,")
        assert bool(rows) == (kind == "hardware" or plant is DECIDED or bool(SITE.flows))


def test_nothing_is_asked_for_where_nothing_is_built():
    for kind in ("card", "ticket", "rollback"):
        assert write_documents(make_subject(NOT_READY), kind) == ()


def test_the_card_says_what_to_do_in_order():
    (card,) = write_documents(make_subject(DECIDED), "card")
    assert card.name == "card-line2-gpu" and card.large
    text = render_text(card)
    steps = [
        "the plant leaves it to people",
        "this is good for up to 4 h",
        "Is it only the link",
        "Call whoever",
    ]
    assert [text.index(each) for each in steps] == sorted(text.index(each) for each in steps)
    assert "no emergency contact is declared" in text


def test_the_port_list_has_every_connection_with_its_zones():
    csv = render_csv(write_documents(make_subject(DECIDED), "ports"))
    assert "bottling-brno,line2-gpu,line-2,plc-2,unknown,tcp,4840,opcua,by default,inside," in csv
    assert "bottling-brno,line2-gpu,line-2,cloud eu-central-1,cloud,tcp,8883,mqtt,yes,out of" in csv
    named = replace(SITE, cloud=replace(SITE.cloud, endpoint="abc.iot.example"))
    csv = render_csv(write_documents(make_subject(site=named), "ports"))
    assert "line2-gpu,line-2,abc.iot.example,cloud,tcp,8883" in csv


def test_a_port_that_nobody_knows_is_to_be_settled_first():
    site = replace(SITE, flows=(Flow("line2-gpu", "scada", "profinet", unknown("flows.0.port")),))
    text = _text(make_subject(site=site), "ports")
    assert "with something unknown: settle them before opening a port." in text


def test_a_zone_that_is_assumed_is_no_declared_one():
    zones = (*SITE.zones, replace(SITE.zones[0], name="office"))
    devices = tuple(replace(each, zone=None) for each in SITE.devices)
    assumed = Assumption("devices.line2-gpu.zone", None, None, ("line-2", "office"), *(None,) * 3)
    site = replace(SITE, zones=zones, devices=devices, assumptions=(assumed,))
    rows = port_rows(make_subject(site=site))
    assert "line-2 or office, assumed" in {row[2] for row in rows}
    assert f"{len(rows)} rows with something unknown" in _text(make_subject(site=site), "ports")


def test_the_port_list_says_what_else_a_firewall_has_to_let_through():
    text = _text(make_subject(DECIDED), "ports")
    assert "for names (DNS, port 53) and for the time (NTP, port 123)" in text
    assert "is not declared (protocol of the stream)" not in text
    streams = tuple(replace(each, protocol=None) for each in SITE.streams)
    text = _text(make_subject(site=replace(SITE, streams=streams)), "ports")
    assert "How cap-frames gets to line2-gpu is not declared (protocol of the stream)" in text


def test_no_cell_of_a_list_is_a_formula():
    site = replace(SITE, devices=(replace(SITE.devices[0], name="=1+1"),))
    assert "'=1+1" in render_csv(write_documents(make_subject(site=site), "hardware"))


def test_only_lists_can_be_csv():
    with pytest.raises(UsageError, match="only the lists"):
        render_csv(write_documents(make_subject(DECIDED), "brief"))


def test_the_hardware_list_counts_and_does_not_guess():
    device = replace(SITE.devices[0], boxes=exact(3), spares=exact(1), owned=False)
    unused = replace(device, name="other")
    subject = make_subject(site=replace(SITE, devices=(device, unused)))
    assert "To buy: line2-gpu (bottling-brno)." in _text(subject, "hardware")
    unsaid = make_subject(site=replace(SITE, devices=(replace(device, owned=None),)))
    assert "Nobody says whether these are there: line2-gpu" in _text(unsaid, "hardware")
    one = Assumption("devices.line2-gpu.class", None, None, ("ipc_gpu_lineside",), *(None,) * 3)
    guessed = make_subject(site=replace(SITE, assumptions=(one,)))
    assert "ipc_gpu_lineside, standing in until one is chosen" in _text(guessed, "hardware")
    fleet = write_fleet_hardware((subject, unsaid))
    (row,) = fleet.parts[0].table.rows
    assert row[:5] == ("ipc_gpu_lineside", "unknown", "9", "1", "3, 1 device nobody says")
    assert row[5] == "unknown", "the catalog here has no price"


def test_the_record_shows_who_wrote_who_merged_and_which_review_git_has():
    commits = (
        Commit("b" * 40, "2026-11-02", "A <a@x>", "M <m@x>", "reviewed by Q <q@x>", "Raise (#7)"),
        Commit("a" * 40, "2026-11-01", "A <a@x>", "A <a@x>", "", "Add the plant"),
    )
    subject = replace(make_subject(DECIDED), history=commits)
    (record,) = write_documents(subject, "record")
    table = next(part.table for part in record.parts if part.title == "Who approved")
    assert table.rows == (
        ("2026-11-02", "b" * 12, "A <a@x>", "M <m@x>", "reviewed by Q <q@x>", "Raise (#7)"),
        ("2026-11-01", "a" * 12, "A <a@x>", "the same", "none in git", "Add the plant"),
    )
    assert "who approved is unknown" in _text(make_subject(DECIDED), "record")


def test_the_record_has_no_evidence_of_a_model_that_only_stands_in():
    """Nor does it leave out what was found of a connection of the use case."""
    name = SITE.use_cases[0].model.name
    measured = Accuracy("accuracy", exact(0.975), "int8")
    training = ModelTraining(exact(5), exact(2))
    model = Model(name, "1", "A model", (), (), training, accuracy=(measured,))
    found = replace(FINDING, use_case=None, path="use_cases.cap-check.updates", message="no zone")
    plant = replace(DECIDED, findings=(found,))
    stands_in = Assumption("use_cases.cap-check.model.name", None, None, (name,), *(None,) * 3)
    for assumed, shown in (((), True), ((stands_in,), False)):
        site = replace(SITE, assumptions=assumed)
        subject = replace(make_subject(plant, site), catalog=Catalog({}, {name: model}, {}, {}, {}))
        text = _text(subject, "record")
        assert ("0.975 at int8" in text) == shown
        assert "no zone [placement.evidence_measured]" in text


def test_the_record_takes_no_name_in_the_declaration_for_an_approval():
    text = _text(with_use_case(updates=None), "record")
    assert "Whose review is asked for: unknown." in text
    assert "Class under the law: unknown: nobody has classified it" in text
    assert "Logs are kept: unknown" in text


def test_the_checklist_names_the_commit_to_go_back_to():
    commits = tuple(Commit(each * 40, "2026-11-01", "A", "A", "", "Change") for each in "ba")
    text = _text(replace(make_subject(DECIDED), history=commits), "rollback")
    assert "The last one is bbbbbbbbbbbb of 2026-11-01: Change." in text
    assert "The one before is aaaaaaaaaaaa" in text


def test_the_brief_and_the_checklist_name_the_same_person_who_decides_a_rollback():
    """Without an emergency contact it is who lets versions go live."""
    updates = Updates("monthly", "quality@example.com", None)
    rollback = Condition("false_rejects", exact(0.001), "8h")
    subject = with_use_case(updates=updates, rollback=rollback, rollback_to="previous")
    assert "Decides: quality@example.com" in _text(subject, "rollback")
    assert "quality@example.com decides to" in _text(subject, "brief")


def test_the_architecture_note_takes_the_time_that_was_decided_by():
    """A range from 2 ms on says nothing of a time that is not exceeded."""
    (placement,) = DECIDED.decision.placements
    ledger = replace(placement.ledger, bound_ms=Quantity(2, math.inf, 41.0))
    decision = replace(DECIDED.decision, placements=(replace(placement, ledger=ledger),))
    text = _text(make_subject(replace(DECIDED, decision=decision)), "architecture")
    assert "41 ms by what is stated or assumed" in text
