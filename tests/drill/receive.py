"""The cloud of a drill: takes OTLP over HTTPS and writes down the number of every record."""

import gzip
import re
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = sys.argv[1]
TLS = f"{FOLDER}/etc/edgeward/tls"


class Cloud(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        with Path(FOLDER, "records.txt").open("a") as lines:
            lines.write("".join(f"{n.decode()}\n" for n in re.findall(rb"record-(\d+)-", body)))
        # Only now: what is answered has arrived.
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=f"{TLS}/cloud-ca.pem")
context.load_cert_chain(f"{TLS}/server.pem", f"{TLS}/server.key")
context.verify_mode = ssl.CERT_REQUIRED
server = ThreadingHTTPServer(("10.9.8.2", 443), Cloud)
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
