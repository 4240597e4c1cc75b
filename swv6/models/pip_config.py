"""How the user's own pip reaches its package index: read from pip itself, so that nothing is configured twice."""

from __future__ import annotations

import ast
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from swv6.errors import ModelError

if TYPE_CHECKING:
    import httpx

SECTIONS = ("global", "download", ":env:")
"""What counts for `pip download`, weakest first."""
TIMEOUT = 15.0
"""Seconds; pip's own default."""
STALLED = 10.0
"""Seconds without a byte before the connection is made anew: Ctrl-C never waits longer than this."""


@dataclass(frozen=True, slots=True)
class Pip:
    """What pip would use."""

    indexes: tuple[str, ...]
    """Simple repository addresses, in order; may hold credentials: never print them."""
    find_links: tuple[str, ...] = ()
    cert: str = ""
    client_cert: str = ""
    timeout: float = TIMEOUT
    proxy: str = ""
    trusted: tuple[str, ...] = ()
    """Hosts (or host:port) whose certificate is not checked."""


@cache
def read() -> Pip:
    """Ask the pip in use for its configuration (files and environment); raise ModelError when there is none."""
    return parse(_pip("config", "list"), lambda: _default_index(_pip("download", "--help")))


def parse(listing: str, default: object) -> Pip:
    """Read what `pip config list` prints; `default` gives the index when none is configured."""
    options = _merge(listing)
    words = {key: tuple(options.get(key, "").split()) for key in ("extra-index-url", "find-links", "trusted-host")}
    index = options.get("index-url") or (default() if callable(default) else str(default))
    indexes = () if options.get("no-index", "").lower() in ("1", "true", "yes", "on") else (index,)
    return Pip(
        indexes=(*indexes, *(words["extra-index-url"] if indexes else ())),
        find_links=words["find-links"],
        cert=options.get("cert", ""),
        client_cert=options.get("client-cert", ""),
        timeout=float(options.get("timeout") or options.get("default-timeout") or TIMEOUT),
        proxy=options.get("proxy", ""),
        trusted=words["trusted-host"],
    )


def _merge(listing: str) -> Mapping[str, str]:
    found: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.partition(".")
        if section in found and option:
            found[section][option.replace("_", "-")] = str(ast.literal_eval(value))
    return {option: value for section in SECTIONS for option, value in found[section].items()}


def _default_index(help_text: str) -> str:
    """Find pip's default index in its own help: the one place where it is public."""
    found = re.search(r"--index-url.*?\(default:?\s+([^)\s]+)\)", help_text, re.DOTALL)
    if not found:
        raise ModelError("pip does not say which package index is its default", "set PIP_INDEX_URL")
    return found[1]


def _pip(*arguments: str) -> str:
    """Run pip: the one of this Python, else the one that Python carries for `venv` (as under uv)."""
    environment = {**os.environ, "COLUMNS": "1000", "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
    for command in ([sys.executable, "-m", "pip"], *([sys.executable, str(pip)] for pip in _bundled())):
        done = subprocess.run(
            [*command, *arguments], capture_output=True, encoding="utf-8", env=environment, check=False
        )
        if done.returncode == 0:
            return done.stdout
    raise ModelError("there is no pip here to say where packages come from", "uv pip install pip")


def _bundled() -> list[Path]:
    """Find the pip inside the standard library; some distributions leave it out."""
    spec = find_spec("ensurepip")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return [wheel / "pip" for wheel in folder.glob("_bundled/pip-*.whl")] if folder else []


def client(pip: Pip) -> httpx.Client:
    """Open an HTTP client that trusts, proxies and waits as pip does; raise ModelError when it cannot."""
    try:
        return _client(pip)
    except (OSError, ValueError) as error:  # no such certificate, not a certificate, not a proxy
        raise ModelError(f"pip's certificate or proxy cannot be used: {error}", "pip config list") from error


def _client(pip: Pip) -> httpx.Client:
    import httpx

    unchecked = {f"all://{host}": httpx.HTTPTransport(verify=False, proxy=pip.proxy or None) for host in pip.trusted}
    return httpx.Client(
        verify=_trust(pip),
        proxy=pip.proxy or None,
        mounts=unchecked,
        timeout=httpx.Timeout(pip.timeout, read=min(pip.timeout, STALLED)),
        follow_redirects=True,
    )


def _trust(pip: Pip) -> ssl.SSLContext:
    """Trust what pip is told to, else the system's certificates and those that httpx brings."""
    import httpx

    context = ssl.create_default_context(cafile=pip.cert) if pip.cert else httpx.create_ssl_context()
    if not pip.cert:
        context.load_default_certs()
    if pip.client_cert:
        context.load_cert_chain(pip.client_cert)
    return context
