"""An ONNX model made ready to run, with random input of its own shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from edgeward.errors import UsageError

_TYPES = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(double)": "float64",
    "tensor(int64)": "int64",
    "tensor(int32)": "int32",
    "tensor(uint8)": "uint8",
    "tensor(int8)": "int8",
    "tensor(bool)": "bool",
}


def open_model(
    path: Path, shapes: Mapping[str, tuple[int, ...]], threads: int
) -> tuple[Callable[[], object], str]:
    """What runs the model once, and what runs it.

    `shapes` are of the inputs whose own leave a length open. Raises UsageError for a file that is
    no model, or an input that cannot be made up.
    """
    runtime = _library()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    try:
        session = runtime.InferenceSession(
            str(path), options, providers=runtime.get_available_providers()
        )
    except Exception as error:  # onnxruntime raises a class of its own for each failure
        raise UsageError(f"{path}: cannot be run: {str(error).splitlines()[0]}") from error
    feed = {each.name: _make_input(each, shapes) for each in session.get_inputs()}
    unknown = sorted(set(shapes) - set(feed))
    if unknown:
        raise UsageError(f"--shape {unknown[0]}: the model has {', '.join(feed)}")
    name = f"onnxruntime {runtime.__version__} {session.get_providers()[0]}"
    return (lambda: session.run(None, feed)), name


def _make_input(given: Any, shapes: Mapping[str, tuple[int, ...]]) -> Any:
    import numpy  # noqa: PLC0415

    shape = shapes.get(given.name, given.shape)
    if not all(isinstance(length, int) for length in shape):
        shown = "x".join(str(length or "?") for length in given.shape)
        raise UsageError(
            f"the input {given.name} is {shown}: say how long, as --shape {given.name}=1x3x640x640"
        )
    if given.type not in _TYPES:
        raise UsageError(f"the input {given.name} is {given.type}, which cannot be made up")
    chance = numpy.random.default_rng(0)
    return (chance.random(shape) * 2).astype(_TYPES[given.type])


def _library() -> Any:
    try:
        import onnxruntime  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("profiling needs more: pip install 'edgeward[profile]'") from error
    return onnxruntime
