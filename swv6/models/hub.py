"""The Hugging Face hub: which files, where, and what they must hash to, from the hub's own metadata."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

from swv6.errors import ModelError
from swv6.models.catalog import FROM_HUB, Hub, Model
from swv6.models.download import Link, NoNetwork

if TYPE_CHECKING:
    import httpx

TIMEOUT = 10.0
"""Seconds without a byte before the connection is made anew."""


def client() -> httpx.Client:
    """Open an HTTP client; proxies and certificates come from the environment."""
    import httpx

    return httpx.Client(timeout=TIMEOUT, follow_redirects=True)


def links(model: Model, source: Hub) -> list[Link]:
    """Look the files of a model up, at the commit that the revision means now.

    Raises ModelError (offline mode, unknown or gated repository, missing file, no network).
    """
    from huggingface_hub import hf_hub_url
    from huggingface_hub.utils import build_hf_headers

    info = _info(source)
    prefix = f"{source.folder}/" if source.folder else ""
    entries = {s.rfilename.removeprefix(prefix): s for s in info.siblings if s.rfilename.startswith(prefix)}
    wanted = [file.name for file in model.files]
    wanted += [n for n in entries if n not in wanted and any(fnmatch(n, pattern) for pattern in source.also)]
    if missing := [name for name in wanted if name not in entries]:
        raise ModelError(f"the hub's {source.repo} has no {', '.join(prefix + name for name in missing)}")
    headers = build_hf_headers(library_name="swv6")
    known = {file.name: file.sha256 for file in model.files if file.sha256 != FROM_HUB}
    return [
        _link(entries[name], hf_hub_url(source.repo, prefix + name, revision=info.sha), headers, known.get(name, ""))
        for name in wanted
    ]


def _link(entry: Any, url: str, headers: dict[str, str], sha256: str) -> Link:
    """Trust the catalog's hash; else the hub's sha256 of a large file; else its git hash of a small one."""
    large = entry.lfs.sha256 if entry.lfs else ""
    git = "" if sha256 or large else entry.blob_id or ""
    if not (sha256 or large or git):
        raise ModelError(f"the hub gives no hash for {entry.rfilename}")
    return Link(url, entry.rfilename.rsplit("/", 1)[-1], sha256 or large, git, entry.size or 0, headers)


def _info(source: Hub) -> Any:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, OfflineModeIsEnabled

    try:
        return HfApi().model_info(source.repo, revision=source.revision, files_metadata=True, timeout=TIMEOUT)
    except OfflineModeIsEnabled as error:
        raise ModelError("the hub is switched off (HF_HUB_OFFLINE)", "unset HF_HUB_OFFLINE") from error
    except GatedRepoError as error:
        raise ModelError(
            f"the hub's {source.repo} wants you to accept its licence", "accept it on the hub, then: hf auth login"
        ) from error
    except HfHubHTTPError as error:
        raise ModelError(f"the hub does not give {source.repo}: {_first_line(error)}") from error
    except Exception as error:  # the library's HTTP client, hence the class of its errors, changes with its version
        raise NoNetwork(f"cannot reach the hub: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
