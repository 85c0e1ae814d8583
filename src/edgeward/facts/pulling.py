"""The job that tells a box to look for a release: what it installs is still verified by TUF."""

from __future__ import annotations

import json

PULL_COMMAND = ("/opt/edgeward/bin/pull-releases", "--into", "/opt/edgeward/releases")
JOB_MINUTES = 60
"""How long a box may take for it where no rollout says."""


def pull_job() -> str:
    """A job document of AWS IoT, in the form that the AWS IoT Device Client runs."""
    action = {
        "name": "pull-releases",
        "type": "runCommand",
        "input": {"command": ",".join(PULL_COMMAND)},
    }
    return json.dumps({"version": "1.0", "steps": [{"action": action}]}, sort_keys=True)
