"""The platform's project with the real CLI, and a plant that reads it by a stack reference."""

from __future__ import annotations

import json
import shutil

from tests.real.pulumi_cli import PLANT, ROOT, Workplace, told

STACK = "main"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
UP = ("--yes", "--skip-preview")


def test_a_plants_alarms_also_tell_the_platform(workplace: Workplace) -> None:
    platform = workplace.repository / "platform"
    shutil.copytree(ROOT / "platform", platform)
    granted = workplace.edgeward("stack", "iam", PLANT, "--account", "123456789012")
    (platform / "policies" / f"{PLANT}.json").write_text(granted.stdout)
    at = ("--cwd", str(platform))
    workplace.pulumi("stack", "init", STACK, *at)
    unset = workplace.pulumi("preview", "-s", STACK, *at, code=None)
    assert unset.returncode != 0
    assert "pulumi config set edgeward-platform:region <value>" in told(unset)
    for key, value in {"region": "us-east-1", "repository": "acme/plants"}.items():
        workplace.pulumi("config", "set", f"edgeward-platform:{key}", value, "-s", STACK, *at)
    workplace.pulumi("up", "-s", STACK, *UP, *at)
    outputs = json.loads(workplace.pulumi("stack", "output", "--json", "-s", STACK, *at).stdout)

    workplace.init(PLANT)
    reference = f"organization/edgeward-platform/{STACK}"
    workplace.pulumi("config", "set", "edgeward:platform", reference, "-s", PLANT)
    workplace.pulumi("up", "-s", PLANT, *UP)
    alarms = [made for name, made in workplace.cloud().items() if name.startswith(ALARM)]
    assert alarms
    assert all(outputs["notices"] in each["inputs"]["alarmActions"] for each in alarms)
