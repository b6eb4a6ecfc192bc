"""The worker: `python -m sitzungsdienst.files.worker` reads one task with one file, and answers.

First its own limits, then the library the task needs, and only then the file.
"""

import importlib
import json
import resource
import sys
from typing import Any

MIB = 1024 * 1024
#: task → module with `answer(content, values) -> (values, bytes)`, MiB of memory, seconds of
#: processor time, MiB of output.
TASKS: dict[str, tuple[str, int, int, int]] = {
    "check_pdf": ("sitzungsdienst.files.pdf_check", 640, 15, 1),
    "check_office": ("sitzungsdienst.files.office_check", 512, 15, 1),
    "read_pdf": ("sitzungsdienst.files.pdf_text", 640, 6, 9),
    "read_office": ("sitzungsdienst.files.office_text", 512, 6, 9),
    "measure": ("sitzungsdienst.files.pages", 768, 15, 1),
    "picture": ("sitzungsdienst.files.pages", 1024, 20, 32),
    "redact": ("sitzungsdienst.files.redaction", 1536, 80, 64),
}


def main() -> None:
    """Do the task on standard input; an exception ends the process, and says nothing."""
    head = json.loads(sys.stdin.buffer.readline())
    name, memory, seconds, output = TASKS[head["task"]]
    _limit(memory * MIB, seconds, output * MIB)
    module: Any = importlib.import_module(name)
    values, content = module.answer(sys.stdin.buffer.read(), head)
    sys.stdout.buffer.write(json.dumps(values).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


def _limit(memory: int, seconds: int, output: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
