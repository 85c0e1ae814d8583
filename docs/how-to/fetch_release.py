"""Fetch and verify what is released for one box: `fetch_release.py URL SITE/BOX FOLDER`.

FOLDER holds the trusted `root.json` from the first day on, as `edgeward release host` writes it.
"""

import sys
from pathlib import Path

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.ngclient import Updater, UpdaterConfig


def fetch(url: str, box: str, folder: Path) -> list[Path]:
    """The box's archive and its models, verified; the first is the archive."""
    targets = folder / "targets"
    targets.mkdir(exist_ok=True)
    root = (folder / "root.json").read_bytes()
    config = UpdaterConfig(max_delegations=1024)  # one for each plant; the default is 32
    updater = Updater(
        str(folder),
        f"{url}/metadata/",
        str(targets),
        f"{url}/targets/",
        None,
        config,
        bootstrap=root,
    )
    paths, found = [f"plants/{box}.tar"], []
    while paths:
        info = updater.get_targetinfo(paths.pop(0))
        if info is None:
            raise RepositoryError(f"nothing is released for {box} by those who may sign for it")
        found.append(Path(updater.download_target(info)))
        models = info.unrecognized_fields.get("custom", {}).get("models", {})
        paths += [model["path"] for model in models.values()]
    return found


if __name__ == "__main__":
    try:
        print(*fetch(sys.argv[1].rstrip("/"), sys.argv[2], Path(sys.argv[3])), sep="\n")
    except (RepositoryError, DownloadError, ValueError) as error:
        sys.exit(f"refused: {error}")
