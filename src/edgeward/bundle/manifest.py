"""The manifest of a bundle: what is in it, what it is for, and what the box still needs.

Canonical JSON without a date: the same decision gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping

from edgeward.bundle.box import Box, Work
from edgeward.bundle.pack import Pack
from edgeward.bundle.render import BundleFile
from edgeward.facts.buffer import buffer_facts
from edgeward.quantity import Quantity
from edgeward.use_case import Absent, UseCase

_CLOUD_ITEM_KB = 128
"""AWS IoT Core takes messages of at most 128 KB (its quotas page)."""

Json = Mapping[str, object]


def write_manifest(
    box: Box, inputs_digest: str, packs: Iterable[Pack], files: Iterable[BundleFile]
) -> bytes:
    """The manifest of one box; `files` are all others of its bundle."""
    manifest = {
        "apiVersion": "edgeward/v1alpha1",
        "kind": "EdgeBundle",
        "site": box.site.name,
        "device": box.device.name,
        "box": box.identity.name,
        "class": box.device.class_name,
        "client_id": box.identity.client,
        "topics": box.identity.topics,
        "inputs_digest": inputs_digest,
        "packs": [{"name": pack.name, "digest": pack.digest} for pack in packs],
        "files": [_describe_file(file) for file in sorted(files, key=lambda file: file.path)],
        "use_cases": [_describe_work(work) for work in box.works],
        "connects": list(_connections(box)),
        "needs": list(_needs(box)),
        "notes": list(_notes(box)),
    }
    return f"{json.dumps(manifest, indent=2, sort_keys=True, allow_nan=False)}\n".encode()


def _describe_file(file: BundleFile) -> Json:
    return {
        "path": file.path,
        "sha256": hashlib.sha256(file.content).hexdigest(),
        "size": len(file.content),
        "mode": f"{file.mode:04o}",
        "owner": file.owner,
    }


def _describe_work(work: Work) -> Json:
    use_case = work.job.use_case
    artifact, reference = work.job.artifact, use_case.model
    asked = reference.precision if reference else None
    return {
        "name": work.name,
        "stage": work.placement.stage,
        "pattern": work.placement.pattern.value,
        "model": {
            "name": work.model,
            "version": work.version,
            "precision": artifact.precision if artifact else asked,
            "sha256": artifact.sha256 if artifact else None,
        },
        "parameters": _describe_parameters(work),
        "absent": _describe_absent(use_case.absent),
        "rollback": _describe_rollback(use_case),
    }


def _describe_parameters(work: Work) -> Json:
    bands = work.placement.bands
    return {
        "budget_ms": _number(work.placement.budget_ms),
        "runs_every": work.job.use_case.runs_every,
        "reads": list(work.job.use_case.reads),
        "bands": dict(bands) if bands is not None else None,
    }


def _describe_absent(absent: Absent | None) -> Json | None:
    """What the plant does without a prediction: the degraded mode."""
    if absent is None:
        return None
    return {
        "do": absent.do,
        "within_ms": _number(absent.within_ms),
        "lasts_hours": _number(absent.lasts_hours),
        "text": absent.text,
        "then": absent.then,
    }


def _describe_rollback(use_case: UseCase) -> Json:
    when = use_case.rollback
    return {
        "to": use_case.rollback_to,
        "when": None
        if when is None
        else {"metric": when.metric, "above": _number(when.above), "over": when.over},
    }


def _connections(box: Box) -> Iterator[Json]:
    for flow in box.flows:
        yield {
            "from": flow.source,
            "to": flow.target,
            "protocol": flow.protocol,
            "port": flow.port,
            "encrypted": flow.encrypted,
            "declared_at": flow.declared_at,
            "purpose": flow.purpose,
        }


def _needs(box: Box) -> Iterator[str]:
    """What has to be on the box, or declared, before the bundle works: never a secret itself."""
    if box.identity.joins_later:
        yield (
            "a name of its own for each box: its remote_clientid, and below it its topics; "
            "how many boxes there are is not known, or is more than a bundle each is made for"
        )
    if not box.is_linux:
        yield "firmware that takes its parameters from this manifest; nothing else is rendered"
        return
    if (box.leaving or box.answers) and box.site.cloud.endpoint is None:
        yield "cloud.endpoint in the site: the host of the account's MQTT broker"
    yield (
        "/etc/edgeward/tls: the certificates and keys that the files name; "
        "the broker reads its own as the user mosquitto"
    )
    yield "/etc/edgeward/addresses.d: the addresses of the sets that the firewall names"


def _notes(box: Box) -> Iterator[str]:
    if box.device.other_software:
        yield f"other software here: {', '.join(box.device.other_software)}"
    if box.works and not box.site.windows.maintenance:
        yield "no maintenance window is declared, so nothing is updated by itself"
    yield from _notes_on_leaving(box)


def _notes_on_leaving(box: Box) -> Iterator[str]:
    needed = buffer_facts(box.site, box.device, box.leaving).needed_mb
    if box.device_class is not None and needed.high > box.device_class.allocatable_ram_mb.low:
        much = f"{needed.high:.0f} MB" if math.isfinite(needed.high) else "more than anybody knows"
        yield (
            f"after the worst outage {much} may wait to be sent, and the broker keeps its queue "
            "in memory: let less leave, or take a larger box"
        )
    for stream in box.leaving:
        if stream.leaves is not None and stream.leaves.kb.high > _CLOUD_ITEM_KB:
            yield (
                f"streams.{stream.name}: an item that leaves may be larger than the "
                f"{_CLOUD_ITEM_KB} kB that the cloud's broker takes; send it in parts"
            )


def _number(quantity: Quantity) -> float | Json:
    """A number as JSON has it; an interval where it is not known exactly, null for no end."""
    if quantity.exact and math.isfinite(quantity.low):
        return _plain(quantity.low)
    ends = {"low": quantity.low, "high": quantity.high, "stated": quantity.stated}
    return {
        key: _plain(end) if end is not None and math.isfinite(end) else None
        for key, end in ends.items()
    }


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number
