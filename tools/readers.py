"""The programs outside Python that edgeward's tests run, and which of them this machine has.

`make test` ends with this list, so that nobody takes an untested file for a tested one. Under
REAL=1 or CI=true an absent program is a failure.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

LINKS = Path(__file__).resolve().parent.parent / ".tools" / "bin"
# Debian keeps some readers out of an ordinary user's PATH.
SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that reads what edgeward writes; `package` is its Debian package, if it has one."""

    name: str
    reads: str
    package: str | None = None


READERS = (
    Reader("opa", "rules, compiled and on a server"),
    Reader("regal", "rules, as a linter"),
    Reader("actionlint", "the workflows of GitHub Actions"),
    Reader("pulumi", "the stack program"),
    Reader("pulumi-language-python", "the stack program"),
    Reader("pulumi-language-python-exec", "the stack program"),
    Reader("otelcol", "the collector's configuration"),
    Reader("compose-check", "the compose file"),
    Reader("mosquitto", "the broker's configuration", "mosquitto"),
    Reader("mosquitto_sub", "the broker's messages", "mosquitto-clients"),
    Reader("openssl", "the broker's certificates", "openssl"),
    Reader("curl", "nothing; a job of GitLab asks with it", "curl"),
    Reader("jq", "nothing; a job of GitLab reads answers with it", "jq"),
    Reader("nft", "the firewall", "nftables"),
    Reader("ip", "the network of a test's boxes", "iproute2"),
    Reader("unshare", "the namespaces of a test's boxes", "util-linux"),
    Reader("systemd-analyze", "service units", "systemd"),
    Reader("promtool", "alert rules", "prometheus"),
    Reader("amtool", "alert routes", "prometheus-alertmanager"),
    Reader("chromium", "the report", "chromium"),
    Reader("npm", "nothing; it installs the next ones", "npm"),
    Reader("yaml-language-server", "plants, in an editor"),
    Reader("axe.min.js", "the report, as who sees little or hears it needs it"),
)


def find_reader(name: str) -> Path | None:
    """Where the program `name` is: a provisioned one first, then the machine's own."""
    folders = [str(LINKS), os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS]
    found = shutil.which(name, path=os.pathsep.join(folders))
    return Path(found) if found else None


def absent_readers() -> list[Reader]:
    """The readers that this machine does not have, in the order of the list."""
    return [reader for reader in READERS if find_reader(reader.name) is None]


def readers_required() -> bool:
    """Whether an absent reader is a failure here rather than a test left out."""
    return os.environ.get("REAL") == "1" or os.environ.get("CI", "").lower() in {"1", "true"}


def main() -> int:
    absent = absent_readers()
    if not absent:
        print(f"All {len(READERS)} real readers are here.")
        return 0
    print(f"Real readers absent here, {len(absent)} of {len(READERS)}; not tested with them:")
    for reader in absent:
        print(f"  {reader.name:<28} {reader.reads}")
    print("`make tools` installs them.")
    if readers_required():
        print("CI=true or REAL=1 asks for every one of them: failed.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
