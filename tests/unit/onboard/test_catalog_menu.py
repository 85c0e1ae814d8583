"""The lines of models and boxes: their order, and what stands in for the others."""

from __future__ import annotations

import pytest

from edgeward.declare.workspace import load_workspace
from edgeward.onboard.catalog_menu import CLASSES, MODELS, menu_lines

_SORTS = "sorts pictures, as good or bad"


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
    assert _line(catalog, _SORTS, ["plant_server_l4"])[0] == "resnet50"
    assert _line(catalog, _SORTS, ["mcu_npu"])[0] == "tiny_ic_resnet8"


def test_then_one_measured_on_a_box_alike(catalog):
    """A model for microcontrollers is no stand-in for what an industrial PC would run."""
    assert _line(catalog, _SORTS, ["ipc_gpu_lineside"])[0] == "resnet50"


def test_one_of_unknown_size_never_stands_in(catalog):
    """Nothing can be decided for it, so a plant that became it would not be ready."""
    for line in menu_lines(catalog, MODELS, ["jetson_nano_4gb"]):
        for name in line.known_best if len(line.known_best) > 1 else ():
            assert any(artifact.mb.bounded for artifact in catalog.models[name].artifacts), name
    assert "retinanet_rx50_800px" in _line(catalog, "finds things in pictures")


def test_a_box_of_unknown_memory_never_stands_in(catalog):
    for line in menu_lines(catalog, CLASSES, ()):
        for name in line.known_best if len(line.known_best) > 1 else ():
            box = catalog.device_classes[name]
            assert box.ram_mb.bounded or box.allocatable_ram_mb.bounded, name


def test_only_those_of_which_most_is_known_stand_in(catalog):
    """What is bought without a price or storage that is known is not decided."""
    sorts = {line.words: line.known_best for line in menu_lines(catalog, CLASSES, ())}
    assert "jetson_agx_thor_t5000" not in sorts["small computer with a GPU"]
    assert sorts["server"] == ("server_gpu_generic",)
    assert sorts["gateway on a rail"] == ("gateway_iot2050_advanced",)


def test_a_pc_with_a_gpu_and_one_without_are_two_sorts(catalog):
    sorts = {line.words: line.names for line in menu_lines(catalog, CLASSES, ())}
    assert sorts["industrial PC without a GPU"] == ("ipc_fanless_no_gpu",)
    assert sorts["industrial PC with a GPU"] == ("ipc_gpu_lineside",)
