"""As much of llama-cpp-python 0.3 as the engine uses, for machines where nobody compiled it; a token is a word."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

REPLY = ("Hello", " there", ",", " how", " are", " you", "?")


class Llama:
    """Like the real one it must not be entered by two threads, and keeps the prefix it has read."""

    def __init__(
        self,
        model_path: str,
        *,
        n_gpu_layers: int = 0,
        n_ctx: int = 512,
        n_batch: int = 512,
        n_threads: int | None = None,
        n_threads_batch: int | None = None,
        verbose: bool = True,
    ) -> None:
        if not Path(model_path).is_file():
            raise ValueError(f"Model path does not exist: {model_path}")
        if Path(model_path).read_bytes()[:4] != b"GGUF":
            raise ValueError(f"Failed to load model from file: {model_path}")
        self.n_batch = n_batch
        self.n_tokens = 0
        self._n_ctx = n_ctx
        self._read: list[str] = []
        self._inside = threading.Lock()

    def eval(self, tokens: Sequence[str]) -> None:
        """Read tokens."""
        self._read[self.n_tokens :] = tokens
        self.n_tokens += len(tokens)

    def create_chat_completion(
        self,
        messages: list[dict[str, str]],
        *,
        temperature: float = 0.2,
        top_p: float = 0.95,
        stream: bool = False,
        seed: int | None = None,
        max_tokens: int | None = None,
        response_format: dict[str, Any] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Stream chunks; only the form with `stream=True` is imitated."""
        assert stream
        prompt = " ".join(message["content"] for message in messages).split()
        reply = REPLY if response_format is None else _instance(response_format["schema"])
        return self._chunks(prompt, reply[: max_tokens or 99])

    def _chunks(self, prompt: list[str], reply: Sequence[str]) -> Iterator[dict[str, Any]]:
        if not self._inside.acquire(blocking=False):
            raise RuntimeError("two threads are inside one model")
        try:
            if len(prompt) > self._n_ctx:
                raise ValueError(f"Requested tokens ({len(prompt)}) exceed context window of {self._n_ctx}")
            known = 0
            while known < min(len(prompt) - 1, self.n_tokens) and self._read[known] == prompt[known]:
                known += 1
            self.n_tokens = known
            self.eval(prompt[known:])
            yield _chunk({"role": "assistant"})
            for word in reply:
                yield _chunk({"content": word})
                self.eval([word])
            yield _chunk({}, "stop")
        finally:
            self._inside.release()

    def close(self) -> None:
        """Free the model."""
        self._read = []


def _instance(schema: dict[str, Any]) -> list[str]:
    """Write the first call that a schema allows, sign by sign."""
    call = schema["anyOf"][0]["properties"]
    arguments = dict.fromkeys(call["arguments"]["properties"], "deux minutes")
    return list(json.dumps({"tool": call["tool"]["const"], "arguments": arguments}))


def _chunk(delta: dict[str, str], reason: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return {"object": "chat.completion.chunk", "choices": [choice]}


def llama_supports_gpu_offload() -> bool:
    """Say whether it was built for a GPU."""
    return False
