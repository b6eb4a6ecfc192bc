"""Make the fact files of `tests/data/magdeburg/` from recordings of a council's votes.

The Stadtrat of Magdeburg votes electronically and shows every vote on a board in its public
broadcast. Who has such a recording as two JSON files a meeting (`config-DATE.json` with the seats,
`session-scan-DATE.json` with the votes) runs this over their folder:

    python tools/take_votes.py FOLDER tests/data/magdeburg

Names are left behind: a seat is known by its place on the board and its group alone. `J`, `N`,
`E` are yes, no and abstention, `O` is a seat that did not vote.
"""

import json
import sys
from collections import Counter
from pathlib import Path

VOTES = "JNEO"


def taken(config: Path, scan: Path) -> dict[str, object]:
    """The facts of one meeting: the groups of the seats, and every ballot with its counts.

    Raises ValueError where a ballot does not tell of exactly these seats, in their order.
    """
    names = json.loads(config.read_text(encoding="utf-8"))["names"]
    seats = [one["name"] for one in names]
    ballots = []
    for ballot in json.loads(scan.read_text(encoding="utf-8")):
        if [one["name"] for one in ballot["votes"]] != seats:
            raise ValueError(f"other seats in {ballot['votingFilename']}")
        votes = "".join(one["vote"] for one in ballot["votes"])
        tally = Counter(votes)
        subject = ballot["votingSubject"]
        ballots.append(
            {
                "item": subject["agendaItem"],
                "title": subject["title"],
                "kind": subject["type"],
                "counts": [tally[one] for one in VOTES],
                "votes": votes,
            }
        )
    return {
        "date": scan.stem[-10:],
        "groups": [one["faction"] for one in names],
        "ballots": ballots,
    }


def main(source: Path, target: Path) -> None:
    """Write one file a meeting found under `source`, a ballot a line."""
    target.mkdir(parents=True, exist_ok=True)
    for scan in sorted(source.rglob("session-scan-*.json")):
        config = scan.with_name(scan.name.replace("session-scan", "config"))
        facts = taken(config, scan)
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in facts["ballots"])  # type: ignore[attr-defined]  # a list
        groups = json.dumps(facts["groups"], ensure_ascii=False)
        text = f'{{"date": "{facts["date"]}",\n"groups": {groups},\n"ballots": [\n{lines}\n]}}\n'
        (target / f"{facts['date']}.json").write_text(text, encoding="utf-8")
        print(f"{facts['date']}: {text.count('counts')} ballots")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
