"""The manifest of a bundle: what is in it, what it is for, and what the box still needs.

Canonical JSON without a date: the same decision gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from edgeward.bundle.box import Box
from edgeward.bundle.pack import Pack
from edgeward.bundle.render import BundleFile
from edgeward.bundle.secrets import list_secrets
from edgeward.bundle.sizing import size_queues
from edgeward.bundle.uploads import make_uploads_context
from edgeward.bundle.workloads import list_services, make_workloads_context
from edgeward.facts.buffer import buffer_facts

Json = Mapping[str, object]


def write_manifest(
    box: Box, packs: Iterable[Pack], files: Iterable[BundleFile], release: int = 0
) -> bytes:
    """The manifest of one box; `files` are all others of its bundle.

    `release` counts up in the repository; a box takes none that is lower than the one it has seen.
    """
    manifest = {
        "apiVersion": "edgeward/v1alpha1",
        "kind": "EdgeBundle",
        "site": box.site.name,
        "device": box.device.name,
        "box": box.identity.name,
        "release": release,
        "class": box.device.class_name,
        "client_id": box.identity.client,
        "topics": box.identity.topics,
        "inputs_digest": box.decision_digest,
        "packs": [{"name": pack.name, "digest": pack.digest} for pack in packs],
        "files": [_describe_file(file) for file in sorted(files, key=lambda file: file.path)],
        "use_cases": [asdict(each) for each in make_workloads_context(box).configs],
        "sizing": asdict(size_queues(box)),
        "images": sorted(_images(box)),
        "secrets": [asdict(each) for each in list_secrets(box)],
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


def _images(box: Box) -> Iterator[str]:
    """Containers by digest; what the release brings itself is known by its artifact's digest."""
    return (each.model.image for each in list_services(box) if each.model.image)


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
            "a name of its own for each box: its remote_clientid, and below it its topics, "
            "and the thing in etc/edgeward/uploads.json, where there is one; "
            "how many boxes there are is not known, or is more than a bundle each is made for"
        )
    if not box.is_linux:
        yield "firmware that takes its parameters from this manifest; nothing else is rendered"
        for upload in make_uploads_context(box).uploads:
            folders = ", ".join(f"{stream.folder}{upload.thing}/" for stream in upload.streams)
            yield f"firmware that puts files itself, by role alias {upload.role_alias}: {folders}"
        return
    if (box.leaving or box.answers) and box.site.cloud.endpoint is None:
        yield "cloud.endpoint in the site: the host of the account's MQTT broker"
    if box.uploaded:
        yield from _needs_for_uploads(box)
    yield (
        "/etc/edgeward/tls: the certificates and keys that the files name; "
        "the broker reads its own as the user mosquitto"
    )
    yield "/etc/edgeward/addresses.d: the addresses of the sets that the firewall names"
    yield "a heartbeat over a new connection after the firewall changed, or it is put back"
    if box.site.timezone is not None:
        yield f"its clock set to {box.site.timezone}, so that alerts know the windows"
    if box.runtime == "compose" and box.works:
        yield "the keys of its use cases readable by user 65532, who runs in the containers"
    if box.runtime == "greengrass":
        yield "the account's number instead of 000000000000 in etc/edgeward/greengrass"


def _needs_for_uploads(box: Box) -> Iterator[str]:
    cloud = box.site.cloud
    if cloud.account is None:
        yield "cloud.account in the site: the account's number, which the bucket's name ends with"
    if cloud.credentials_endpoint is None:
        yield "cloud.credentials_endpoint in the site: the host that gives a box credentials"
    yield "Python 3.11 or newer with its ssl and zoneinfo modules, for usr/lib/edgeward"
    yield "the authorities of the cloud's hosts, S3 among them, in /etc/edgeward/tls/cloud-ca.pem"


def _notes(box: Box) -> Iterator[str]:
    if box.is_linux and not box.encrypts:
        yield (
            "data at rest is not encrypted: nothing says that the class has an encrypted volume; "
            "keep the box where nobody can open it"
        )
    if box.device.other_software:
        yield f"other software here: {', '.join(box.device.other_software)}"
    if box.works and not box.site.windows.maintenance:
        yield "no maintenance window is declared, so nothing is updated by itself"
    yield from _notes_on_leaving(box)


def _notes_on_leaving(box: Box) -> Iterator[str]:
    needed = buffer_facts(box.site, box.device, box.live).needed_mb
    if box.device_class is not None and needed.high > box.device_class.allocatable_ram_mb.low:
        much = f"{needed.high:.0f} MB" if math.isfinite(needed.high) else "more than anybody knows"
        yield (
            f"after the worst outage {much} may wait to be sent, and the broker keeps its queue "
            "in memory: let less leave, or take a larger box"
        )
    for upload in make_uploads_context(box).uploads:
        longest = max((window.seconds for window in upload.windows), default=math.inf)
        for stream in box.uploaded:
            most = stream.leaves.kb.high * 1000 if stream.leaves else 0.0
            if math.isfinite(most) and most > longest * (upload.bytes_per_second or math.inf):
                yield (
                    f"streams.{stream.name}: an item may take longer than any sync window, and an "
                    "upload that is broken off begins anew; hand it over in parts"
                )
