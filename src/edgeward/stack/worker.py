"""The process in which plans are compiled: the only one that loads pulumi."""

from __future__ import annotations

import gc
import os
import signal
import warnings
from multiprocessing.connection import Connection

from edgeward.errors import EdgewardError, NotEvaluated


def serve(connection: Connection) -> None:
    """Answers each plan with its graph; ends with the connection, or after the first failure.

    A failed compile may leave anything behind, so the next plan gets a new process.
    """
    os.environ.pop(
        "PULUMI_CONFIG", None
    )  # what is judged does not depend on a stack's own settings
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    warnings.simplefilter("ignore", DeprecationWarning)  # pulumi_aws deprecates its own modules
    try:
        from edgeward.stack.capture import capture_plan  # noqa: PLC0415

        connection.send(capture_plan(connection.recv()))
        gc.collect()
        gc.freeze()  # the SDK's own objects, which every later collection would look through
        while True:
            connection.send(capture_plan(connection.recv()))
    except EOFError:
        return
    except ModuleNotFoundError as error:
        connection.send(
            NotEvaluated(f"{error}: the cloud side needs pulumi; pip install 'edgeward[aws]'")
        )
    except EdgewardError as error:
        connection.send(error)
