"""The lines of models and boxes: their order, and what stands in for the others."""

from __future__ import annotations

import pytest

from edgeward.declare.workspace import load_workspace
from edgeward.onboard.catalog_menu import CLASSES, MODELS, menu_lines


@pytest.fixture
def catalog(tmp_path):
    (tmp_path / "sites").mkdir()
    return load_workspace(tmp_path).catalog


def _line(catalog, words, classes=()):
    (line,) = [each for each in menu_lines(catalog, MODELS, classes) if each.words == words]
    return line.names


def test_every_model_and_box_of_the_catalog_stands_in_one_line(catalog):
    for listed, entries in ((MODELS, catalog.models), (CLASSES, catalog.device_classes)):
        names = [name for line in menu_lines(catalog, listed, ()) for name in line.names]
        assert sorted(names) == sorted(entries)
    assert menu_lines(catalog, "streams", ()) == ()


def test_a_model_measured_on_a_box_of_the_plant_comes_first(catalog):
    assert _line(catalog, "finds things in pictures", ["jetson_orin_nx_16gb"])[0] == "yolo11n"
    assert _line(catalog, "sorts pictures", ["plant_server_l4"])[0] == "resnet50"
    assert _line(catalog, "sorts pictures", ["mcu_npu"])[0] == "tiny_ic_resnet8"


def test_then_one_measured_on_a_box_alike(catalog):
    """A model for microcontrollers is no stand-in for what an industrial PC would run."""
    assert _line(catalog, "sorts pictures", ["ipc_gpu_lineside"])[0] == "resnet50"


def test_one_of_unknown_size_never_stands_in(catalog):
    """Nothing can be decided for it."""
    for line in menu_lines(catalog, MODELS, ["jetson_nano_4gb"]):
        sizes = [artifact.mb.bounded for artifact in catalog.models[line.names[0]].artifacts]
        assert any(sizes), line


def test_a_box_of_unknown_memory_never_stands_in(catalog):
    for line in (each for each in menu_lines(catalog, CLASSES, ()) if len(each.names) > 1):
        box = catalog.device_classes[line.names[0]]
        assert box.ram_mb.bounded or box.allocatable_ram_mb.bounded, line
