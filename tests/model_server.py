"""A real OpenAI-compatible model server in a process of its own, to be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

KEY_ENV = "SWV6_TEST_MODEL_KEY"
_PROGRAM = """
import sys, threading
import xllamacpp
p = xllamacpp.CommonParams()
p.model.path = sys.argv[1]
p.n_ctx = 2048
p.verbosity = -1
p.cpuparams.n_threads = 1
p.port = int(sys.argv[2])
p.reuse_port = True
p.api_keys = [sys.argv[3]]
server = xllamacpp.Server(p)
print(server.listening_address, flush=True)
threading.Event().wait()
"""


@dataclass
class ModelServer:
    """A running server process."""

    process: subprocess.Popen[str]
    url: str
    port: int

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def start(model: str, port: int = 0) -> ModelServer:
    """Start a server on a port of the loopback and wait until it listens."""
    key = os.environ.setdefault(KEY_ENV, "a-key-for-tests")
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, model, str(port), key],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http"), f"the model server did not start: {address!r}"
    return ModelServer(process, f"{address}/v1", int(address.rpartition(":")[2]))
