"""Small repositories for tests of whole runs: a plant that is decided, and changes of it."""

from __future__ import annotations

from pathlib import Path

PLANT = """\
apiVersion: edgeward/v1alpha1
kind: Site
name: plant
owner: plant-it@example.com
cloud: {region: eu-central-1, residency: [eu]}
finance: {prices: [{item: s3_standard_storage, usd: 0.0245, because: our offer of this year}]}
connectivity:
  {tier: always_on_fiber, uplink_mbps: 100, downlink_mbps: 100, share_for_ml: 0.5, rtt_p99_ms: 30,
   typical_outage_minutes: 5, worst_outage_hours: 1, outages_per_month: 1, usd_per_gb: 0,
   usd_per_minute: 0}
lan: {rtt_p99_ms: 4, mbps: 1000}
zones: [{name: line, level: 3}]
devices:
  - {name: box, class: box, tier: plant, zone: line, owned: true}
streams:
  - name: frames
    at: box
    zone: line
    kb: 100
    arrives: {every_ms: 1000}
    hours_per_week: 80
    leaves: {as: features, share: 0.01, kb: 4, because: retraining}
    sensitivity: internal
    personal_data: none
    retention_days: 30
use_cases:
  - name: check
    stage: pilot
    owner: ml@example.com
    action: Tell the operator
    kind: inspection
    criticality: quality
    scope: line
    authority: advises
    reads: [frames]
    latency: {budget_ms: 5000, from: camera, to: screen, path_ms: {screen: 10}}
    model: {name: net}
    training: {cadence: monthly}
    absent: {do: human, within_ms: 5000, cost_per_hour: 0, lasts_hours: 8}
    updates: {cadence: monthly, approver: quality@example.com}
    rollback: {when: {metric: rejects, above: 0.1, over: 8h}, to: previous}
    outcome: {measure: complaints, today: 40, target: 15}
"""

BOX = """\
apiVersion: edgeward/v1alpha1
kind: DeviceClass
name: box
title: A box of these tests
host: linux
ram_mb: 16384
allocatable_ram_mb: 14000
accelerator_mb: 8192
storage_mb: 256000
price_usd: 1000
runtimes: [compose, systemd, greengrass]
secure_boot: true
"""
NET = """\
apiVersion: edgeward/v1alpha1
kind: Model
name: net
title: A model of these tests
version: 1.0.0
owner: ml@example.com
licence: Apache-2.0
artifacts: [{precision: int8, mb: 12, format: onnx}]
runs:
  - {class: box, precision: int8, p50_ms: 5, p99_ms: 9, preprocess_ms: 1, peak_ram_mb: 600,
     accelerator_mb: 400, soak_minutes: 60}
training:
  {data_gb: 2, gpu_hours: 1, instance: g4dn.xlarge, entrypoint: python -m net,
   image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/net:1.0.0}
serving: {image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/net-serving:1.0.0}
"""


def write_fleet(root: Path, plant: str = PLANT, fleet: str = "") -> Path:
    """A repository with one plant, and what its fleet file says below the envelope."""
    folder = root / "sites" / "plant"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(plant)
    head = "apiVersion: edgeward/v1alpha1\nkind: Fleet\nname: fleet\n"
    (root / "sites" / "fleet.yaml").write_text(head + fleet)
    for kind, name, text in (("device_classes", "box", BOX), ("models", "net", NET)):
        entry = root / "sites" / "catalog" / kind / f"{name}.yaml"
        entry.parent.mkdir(parents=True, exist_ok=True)
        entry.write_text(text)
    return root


_LEVELS = """\
  - {name: levels, at: box, zone: line, kb: 1, arrives: {every: 1h}, hours_per_week: 168,
     leaves: {as: raw, because: a forecast needs all of it}, sensitivity: internal,
     personal_data: none, retention_days: 90}
use_cases:
  - {name: forecast, like: check, reads: [levels], criticality: advisory, authority: informs,
     kind: forecasting, scope: site, latency: {budget_ms: 60000},
     place: {tier: cloud, because: it is governed centrally, owner: ml@example.com,
       review_by: 2027-06-30},
     absent: {do: last_value, within_ms: 60000}}
"""
_WATCHED = """\
    drift: {metric: reject_rate, above: 0.02, over: 7d, then: retrain}
    quality: {metric: recall, at_least: 0.9}
    review: {by: shift, people: 1, seconds_each: 10, expected_share: 0.01, answer_within_hours: 8}
    latency:"""
REQUEST = """\
-----BEGIN CERTIFICATE REQUEST-----
MIHOMHcCAQAwFTETMBEGA1UEAwwKcGxhbnQtLWJveDBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABOmIOhtkfhmZKbxHNDEr4zQykXwaB8d2RL408zdi6lH8f3Nu8rxG
iurB2dZ2kOUDyuXvopnu6nVoBtcW4UMDWvGgADAKBggqhkjOPQQDAgNHADBEAiBR
2eagRbDQCMG9oZiGRtOZgJ3bv2jNhSD2kJqoOVYMIQIgSndBr1d0GQAJGTBocpLX
8YCF4xU91aDblNAWowKcNFA=
-----END CERTIFICATE REQUEST-----
"""
"""What a box has signed with a key that it kept; made once with `openssl req -new`."""


def write_whole(root: Path) -> Path:
    """A repository with a plant that needs every component; Greengrass runs its box."""
    plant = PLANT.replace("use_cases:\n", _LEVELS).replace("    latency:", _WATCHED)
    write_fleet(root, plant.replace("owned: true}", "owned: true, runtime: greengrass}"))
    known = f"format: onnx, uri: 's3://models/net/model.tar.gz', sha256: {'5e' * 32}}}"
    net = NET.replace("format: onnx}", known)
    accuracy = "accuracy: [{metric: recall, value: 0.95, precision: int8}]\n"
    (root / "sites" / "catalog" / "models" / "net.yaml").write_text(net + accuracy)
    requests = root / "sites" / "plant" / "identities"
    requests.mkdir()
    (requests / "plant--box.csr").write_text(REQUEST)
    return root
