"""Minutes of some sixty pages, set by four engines side by side: `make bench`.

Every engine runs in a process of its own, round after round in turn, so that a machine that slows
down slows all of them. "first" is the first document of a process, "next" the second, as a running
server sets it; both are CPU seconds. Trust the ratios; seconds are this machine's of this minute.
"""

import io
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

import pikepdf

from benchmarks.engines import ENGINES

ROUNDS = 3
OURS, PLAIN, HTML = "Sitzungsdienst", "reportlab", "WeasyPrint"
MOST_BESIDE_PLAIN = 1.5
LEAST_BESIDE_HTML = 4.0


@dataclass(frozen=True)
class Run:
    """What one process took: CPU seconds of its first and second document, memory, and the file."""

    first: float
    next: float
    peak_mb: float
    pages: int
    kilobytes: int


def main() -> int:
    """Measure, print a table; return 1 where the ratios miss what we promise."""
    runs: dict[str, list[Run]] = {name: [] for name in ENGINES}
    for _ in range(ROUNDS):
        for name, some in runs.items():
            some.append(_in_its_own_process(name))
    best = {name: _best(some) for name, some in runs.items()}
    _print(best)
    plain = best[OURS].next / best[PLAIN].next
    html = best[HTML].next / best[OURS].next
    print(f"\n{OURS} takes {plain:.2f} times plain reportlab (at most {MOST_BESIDE_PLAIN})")
    print(f"and is {html:.1f} times faster than WeasyPrint (at least {LEAST_BESIDE_HTML})")
    return int(plain > MOST_BESIDE_PLAIN or html < LEAST_BESIDE_HTML)


def _in_its_own_process(name: str) -> Run:
    done = subprocess.run(  # noqa: S603 (this very program)
        [sys.executable, "-m", "benchmarks.documents", name],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{name}: {done.stderr.strip().splitlines()[-1]}")
    return Run(**json.loads(done.stdout))


def measure(name: str) -> Run:
    """Set the minutes twice in this process."""
    start = time.process_time()
    ENGINES[name]()
    between = time.process_time()
    pdf = ENGINES[name]()
    end = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    return Run(between - start, end - between, peak, pages, len(pdf) // 1024)


def _best(runs: list[Run]) -> Run:
    last = runs[-1]
    return Run(
        min(run.first for run in runs),
        min(run.next for run in runs),
        min(run.peak_mb for run in runs),
        last.pages,
        last.kilobytes,
    )


def _print(best: dict[str, Run]) -> None:
    base = best[PLAIN].next
    heads = ("first s", "next s", "x plain", "peak MB", "pages", "KB")
    print(f"{'engine':<16}" + "".join(f"{head:>10}" for head in heads))
    for name, run in best.items():
        print(
            f"{name:<16}{run.first:>10.2f}{run.next:>10.2f}{run.next / base:>10.2f}"
            f"{run.peak_mb:>10.0f}{run.pages:>10}{run.kilobytes:>10}"
        )


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(json.dumps(vars(measure(sys.argv[1]))))
    else:
        sys.exit(main())
