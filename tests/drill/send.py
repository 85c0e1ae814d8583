"""A service of a drill: log records to the collector, and a line for each that it acknowledged."""

import itertools
import json
import sys
import time
import urllib.request
from pathlib import Path

URL = "http://127.0.0.1:4318/v1/logs"
PER_REQUEST = 10


def send(numbers):
    records = [{"body": {"stringValue": f"record-{number}-"}} for number in numbers]
    logs = {"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]}
    head = {"Content-Type": "application/json"}
    request = urllib.request.Request(URL, json.dumps(logs).encode(), head)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


with Path(sys.argv[1]).open("a", buffering=1) as lines:
    for first in itertools.count(0, PER_REQUEST):
        numbers = range(first, first + PER_REQUEST)
        if send(numbers):
            lines.write("".join(f"{number}\n" for number in numbers))
        time.sleep(0.02)
