"""Serves one model with Netron on a free port and prints where: python serveNetron.py FILE"""

import socket
import sys

import netron

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
netron.start(sys.argv[1], address=("127.0.0.1", port), browse=False)
print(f"http://127.0.0.1:{port}", flush=True)
netron.wait()
