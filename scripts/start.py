"""Start the dashboard on this computer, on the first free port; Streamlit prints the address."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8501
PORTS_TO_TRY = 50


def main() -> None:
    """Replace this process by the server; Ctrl+C ends it."""
    wanted = wanted_port(os.environ.get("PORT", ""))
    port = free_port_from(wanted)
    if port != wanted:
        print(f"Port {wanted} is taken by another program; using {port} instead.")
    print("Starting Crossover (Ctrl+C stops it) ...", flush=True)
    os.chdir(ROOT)
    arguments = ["-m", "streamlit", "run", "asgi.py", "--server.port", str(port)]
    os.execv(sys.executable, [sys.executable, *arguments])


def wanted_port(text: str) -> int:
    """The port a person asked for, or the usual one. Ends the program when it is no port."""
    if not text:
        return DEFAULT_PORT
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}. Example: make run PORT=8600")
    return int(text)


def free_port_from(first: int) -> int:
    """`first` or the next port nobody listens on. Ends the program when many in a row are taken."""
    for port in range(first, min(first + PORTS_TO_TRY, 65536)):
        if is_free(port):
            return port
    sys.exit(f"No free port from {first} on. Choose another start: make run PORT=9000")


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    main()
