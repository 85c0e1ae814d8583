"""What the bundle tests share: a catalog, the shipped packs, a bundle read back to directives."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase

from edgeward.bundle.bundle import MANIFEST, Bundle, render_bundles
from edgeward.bundle.escape import Format
from edgeward.bundle.pack import Pack, load_packs
from edgeward.bundle.reread import Directive, read_directives
from edgeward.bundle.uploads import PROGRAM_PATH
from edgeward.catalog import Artifact, Catalog, DeviceClass, Model, ModelTraining, Run
from edgeward.decision import Decision
from edgeward.quantity import ZERO, exact, unknown
from edgeward.shipped import shipped_path
from edgeward.site import Site
from tests.samples import DECISION, SITE

PACKS: tuple[Pack, ...] = load_packs(shipped_path("templates"))


def device_class(name: str, host: str = "linux") -> DeviceClass:
    return DeviceClass(
        name=name,
        title=name,
        host="mcu" if host == "mcu" else "linux",
        ram_mb=exact(16384),
        allocatable_ram_mb=exact(14000),
        accelerator_mb=ZERO,
        storage_mb=exact(256000),
        price_usd=unknown(f"catalog.{name}.price_usd"),
        runtimes=("compose", "systemd", "greengrass"),
    )


_RUN = Run(
    class_name="ipc_gpu_lineside",
    runtime="tensorrt",
    precision="int8",
    p50_ms=exact(4),
    p99_ms=exact(9),
    preprocess_ms=exact(1),
    peak_ram_mb=exact(1200),
    accelerator_mb=ZERO,
    soak_minutes=exact(30),
)
_MODEL = Model(
    name="yolo11s",
    version="1.0.0",
    title="A detector",
    artifacts=(Artifact("int8", exact(11), "onnx", None, "ab" * 32),),
    runs=(_RUN,),
    training=ModelTraining(exact(5), exact(2)),
)
CATALOG = Catalog(
    device_classes={
        "ipc_gpu_lineside": device_class("ipc_gpu_lineside"),
        "mcu_board": device_class("mcu_board", "mcu"),
    },
    models={"yolo11s": _MODEL},
    prices={},
    ranges={},
    sources={},
)


def render(
    site: Site = SITE, decision: Decision = DECISION, encrypted: bool | None = None
) -> tuple[Bundle, ...]:
    """The bundles of a plant, on classes that have an encrypted volume, have none or don't say."""
    classes = {
        name: replace(each, encrypted_volume=encrypted)
        for name, each in CATALOG.device_classes.items()
    }
    return render_bundles(site, decision, replace(CATALOG, device_classes=classes), PACKS)


def text_of(bundle: Bundle, path: str) -> str:
    return next(file.content for file in bundle.files if file.path == path).decode()


def directives(bundle: Bundle) -> dict[str, tuple[Directive, ...]]:
    """What each file of a bundle says to the program that reads it, whatever it is called."""
    return {
        file.path: read_directives(format_of(file.path), file.content.decode())
        for file in bundle.files
        if file.path not in (MANIFEST, PROGRAM_PATH)
    }


def format_of(path: str) -> Format:
    """The format that the pack of a rendered file says it has."""
    files = (file for pack in PACKS for file in pack.files)
    return next(each.format for each in files if fnmatchcase(path, each.path.format(name="*")))
