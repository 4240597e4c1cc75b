from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
import swv6.text.sentences, swv6.text.spoken, swv6.text.transcript
print(*sorted(sys.modules))
"""


def test_importing_text_brings_no_table_and_no_library() -> None:
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=True, text=True).stdout.split()
    heavy = {"numpy", "yaml", "pydantic", "anyio", "swv6.text.french", "swv6.text.english", "swv6.text.numbers"}
    assert heavy.isdisjoint(found)
