"""The client of a drill: numbered messages over TLS, and a line for each that was acknowledged.

Arguments: authority, certificate, key, topic, messages a second, bytes each, the file of lines.
A message without its acknowledgement is sent again after every new connection, as QoS 1 asks for.
"""

from __future__ import annotations

import ssl
import sys
import time
from pathlib import Path

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

AUTHORITY, CERTIFICATE, KEY, TOPIC, PER_SECOND, SIZE, LINES = sys.argv[1:]


def main() -> None:
    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="drill", clean_session=False)
    context = ssl.create_default_context(cafile=AUTHORITY)
    context.load_cert_chain(CERTIFICATE, KEY)
    client.tls_set_context(context)
    client.max_queued_messages_set(0)
    client.reconnect_delay_set(1, 1)
    numbers: dict[int, int] = {}
    with Path(LINES).open("a", buffering=1) as lines:

        def acknowledge(_client: object, _data: object, message: int, *_: object) -> None:
            while message not in numbers:  # it came before `publish` returned
                time.sleep(0.001)
            lines.write(f"{numbers.pop(message)}\n")

        client.on_publish = acknowledge
        client.connect("localhost", 8883, keepalive=10)
        client.loop_start()
        started, number = time.monotonic(), 0
        while True:
            due = int((time.monotonic() - started) * int(PER_SECOND))
            while number < due and client.is_connected():
                number += 1
                payload = f"{number} ".ljust(int(SIZE), "x")
                numbers[client.publish(TOPIC, payload, qos=1).mid] = number
            if not client.is_connected():
                started = time.monotonic() - number / int(PER_SECOND)
            time.sleep(0.01)


main()
