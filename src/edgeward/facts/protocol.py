"""The protocols that plants name: port, transport, who opens the connection, encrypted or not.

Ports are those of the IANA registry, or of the protocol's own specification where IANA has none.
"Encrypted" says what the protocol gives where nothing else is declared: OPC UA its default
SignAndEncrypt (OPC 10000-7), MQTT with TLS as edgeward renders it; a fieldbus protocol nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Protocol:
    """`opened_by` says who opens the connection of a captured stream; "wire" is not a network.

    `sends_back`: the images come over UDP, on ports that camera and driver agree on.
    """

    port: int | None
    transport: Literal["tcp", "udp"]
    encrypted: bool
    opened_by: Literal["reader", "sender", "wire"] = "reader"
    sends_back: bool = False


PROTOCOLS: Mapping[str, Protocol] = MappingProxyType(
    {
        "amqps": Protocol(5671, "tcp", True, "sender"),
        "bacnet": Protocol(47808, "udp", False),
        "can": Protocol(None, "udp", False, "wire"),
        "csi": Protocol(None, "udp", False, "wire"),
        "dnp3": Protocol(20000, "tcp", False),
        "dns": Protocol(53, "udp", False),
        "ethernet_ip": Protocol(44818, "tcp", False),
        "gige_vision": Protocol(3956, "udp", False, sends_back=True),
        "http": Protocol(80, "tcp", False),
        "https": Protocol(443, "tcp", True),
        "iec104": Protocol(2404, "tcp", False),
        "iec61850": Protocol(102, "tcp", False),
        "io_link": Protocol(None, "udp", False, "wire"),
        "kafka": Protocol(9092, "tcp", False, "sender"),
        "modbus": Protocol(502, "tcp", False),
        "modbus_tls": Protocol(802, "tcp", True),
        "mqtt": Protocol(8883, "tcp", True, "sender"),
        "mqtt_plain": Protocol(1883, "tcp", False, "sender"),
        "ntp": Protocol(123, "udp", False),
        "opcua": Protocol(4840, "tcp", True),
        "postgres": Protocol(5432, "tcp", False),
        "rtsp": Protocol(554, "tcp", False, sends_back=True),
        "rtsps": Protocol(322, "tcp", True),
        "s7": Protocol(102, "tcp", False),
        "sftp": Protocol(22, "tcp", True),
        "spi": Protocol(None, "udp", False, "wire"),
        "ssh": Protocol(22, "tcp", True),
        "syslog": Protocol(514, "udp", False, "sender"),
        "syslog_tls": Protocol(6514, "tcp", True, "sender"),
        "usb": Protocol(None, "udp", False, "wire"),
    }
)

UNLISTED = Protocol(None, "tcp", False)
"""What is taken for a protocol that is not in the table: no port known, not encrypted."""


def find_protocol(name: str) -> Protocol:
    return PROTOCOLS.get(name, UNLISTED)
