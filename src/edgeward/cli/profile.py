"""`edgeward profile`: measure a model on this machine, as evidence for the catalog."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import as_instant, at_option


@click.command("profile")
@click.argument("model", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--class", "device_class", required=True, help="The device class that this is.")
@click.option("--precision", help="Which artifact of the model it is, such as int8.")
@click.option("--minutes", type=click.FloatRange(0.001), default=30, help="How long to run.")
@click.option("--threads", type=click.IntRange(0), default=0, help="Threads; 0 for all.")
@click.option("--shape", "shapes", multiple=True, metavar="INPUT=1x3x640x640")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The evidence file.",
)
@at_option
def command(
    *,
    model: Path,
    device_class: str,
    precision: str | None,
    minutes: float,
    threads: int,
    shapes: tuple[str, ...],
    out: Path,
    at: datetime | None,
) -> int:
    """Run MODEL.onnx without a pause, and write what it took; ends in 1 where it slows down.

    Run it on the device itself, warm, in its housing, beside what always runs there.
    """
    import time  # noqa: PLC0415

    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.profile.evidence import (  # noqa: PLC0415
        Subject,
        peak_ram_mb,
        run_entry,
        throttle_count,
        write_evidence,
    )
    from edgeward.profile.load import keep_running  # noqa: PLC0415
    from edgeward.profile.model import open_model  # noqa: PLC0415
    from edgeward.write import write_file_atomically  # noqa: PLC0415

    run, runtime = open_model(model, dict(map(_shape, shapes)), threads)
    before = throttle_count()
    measured = keep_running(run, 60 * minutes, time.perf_counter)
    after = throttle_count()
    throttled = after > before if before is not None and after is not None else None
    subject = Subject(model, device_class, precision, runtime, minutes)
    on, peak = as_instant(at).date(), peak_ram_mb()
    write_file_atomically(out, write_evidence(subject, measured, peak, throttled, on))
    click.echo(f"{measured.count} inferences; for `runs` of the model in the catalog:")
    click.echo(run_entry(subject, measured, peak, out.as_posix(), on))
    if measured.slows_down or throttled:
        click.echo("it slows down under load: the last tenth is what it can keep up", err=True)
        return ExitCode.FINDINGS
    return ExitCode.CLEAN


def _shape(text: str) -> tuple[str, tuple[int, ...]]:
    from edgeward.errors import UsageError  # noqa: PLC0415

    name, _, lengths = text.rpartition("=")
    parts = lengths.split("x")
    if not name or not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise UsageError(f"--shape {text}: write it as INPUT=1x3x640x640")
    return name, tuple(map(int, parts))
