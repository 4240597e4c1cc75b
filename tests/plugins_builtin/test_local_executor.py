"""The local executor keeps the contract of executors."""

from __future__ import annotations

from swv6.testing.executor import ExecutorContract
from tests.plugins_builtin.offers import offer


class TestLocal(ExecutorContract):
    backend = offer("local_executor", "executor", "local")
