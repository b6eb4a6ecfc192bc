"""Sound rows of every table as plain values, and what the database must refuse of them."""

from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Enum, Integer, Table

from sitzungsdienst.moments import UtcDateTime

Case = tuple[str, dict[str, object]]

NOW, LATER = "2017-04-03 08:00:00", "2017-04-03 09:00:00"
STAMPS = {"version": 1, "created_at": NOW, "modified_at": NOW}
#: The cast has Bodies, a committee, a person and users. What is not said is filled by its type.
SOUND: dict[str, dict[str, object]] = {
    "legislative_term": {
        "id": 1, "uid": "w1", "body_id": 1, "name": "5.", "start_date": "2014-07-01",
        "end_date": None, **STAMPS,
    },
    "blob": {"sha512": "00", "size": 0, "content": b""},
    "file_text": {"sha512": "00", "state": "whole", "folded": "wort", "text": "Wort"},
    "location": {"id": 1, "uid": "l1", "body_id": 1, "room": "Saal", "description": "",
                 "street_address": "", "postal_code": "", "locality": "", **STAMPS},
    "meeting": {"id": 1, "uid": "m1", "body_id": 1, "name": "Sitzung", "start": NOW, "end": None,
                "location_id": 1, "state": "summoned", "cancelled": False, "sequence": 0,
                "internal_note": "", **STAMPS},
    "agenda_item": {"id": 1, "uid": "a1", "meeting_id": 1, "parent_id": None, "position": 1,
                    "part": "public", "number": "Ö 1", "title": "Punkt", "public_title": "",
                    "disclosure": "hidden", "removed_at": None, **STAMPS},
    "attendance": {"id": 1, "uid": "t1", "meeting_id": 1, "person_id": 1, "kind": "present",
                   "voting_right": True, "role": "", "on_behalf_of": "", "arrived_at": None,
                   "left_at": None, "note": "", **STAMPS},
    "ballot": {"id": 1, "uid": "b1", "agenda_item_id": 1, "position": 1, "subject": "",
               "kind": "roll_call", "yes": 3, "no": 1, "abstentions": 1, "invalid": 0,
               "present": 6, "recused": 1, "outcome": "accepted", "result_text": "angenommen",
               **STAMPS},
    "issued_document": {
        "id": 1, "uid": "i1", "kind": "notice", "meeting_id": 1, "agenda_item_id": None,
        "file_name": "a.pdf", "sha512": "00", "issued_at": NOW,
    },
    "vote": {"id": 1, "ballot_id": 1, "person_id": 1, "choice": "yes"},
    "minutes": {"id": 1, "uid": "n1", "meeting_id": 1, "state": "draft", "chair_name": "a",
                "clerk_name": "b", "signed_on": None, "approved_on": None,
                "approved_in_id": None, "remark": "", **STAMPS},
    "paper": {"id": 1, "uid": "p1", "body_id": 1, "reference": "2017/1", "title": "Vorlage",
              "paper_type": "Antrag", "dated": None, "public": False, "responsible_unit_id": None,
              "handled_by": "", "addressed_to": "", "proposed_resolution": "", "reasons": "",
              "internal_note": "", **STAMPS},
    "treatment": {"id": 1, "uid": "r1", "agenda_item_id": 1, "deliberation": "",
                  "resolution_text": "", "decision": None, "internal_note": "", **STAMPS},
    "consultation": {"id": 1, "uid": "c1", "paper_id": 1, "position": 0, "organization_id": 1,
                     "role": "decision", "agenda_item_id": None, **STAMPS},
    "former_name": {"organization_id": 1, "name": "Alt", "valid_until": "2017-01-01"},
    "composition_rule": {"organization_id": 1, "position": 1, "label": "Fachkräfte", "count": 5},
    "contact_consent": {"person_id": 1, "field": "email", "given_on": "2017-01-01"},
    "substitute": {"organization_id": 1, "person_id": 1, "position": 1},
    "institutional_membership": {"organization_id": 1, "name": "Amt", "role": "member"},
    "number_sequence": {"body_id": 1, "numbered": "paper", "scope": "2017/", "last": 1},
    "paper_kind": {"id": 71, "body_id": 1, "name": "Eingabe", "position": 9},
    "paper_version": {"paper_id": 1, "number": 1, "fixed_at": NOW, "content": "{}"},
    "cosignature": {"paper_id": 1, "position": 1, "organization_id": 1, "state": "requested"},
    "standing_item": {"organization_id": 1, "position": 1, "part": "public", "title": "Fragen"},
    "supplement": {"meeting_id": 1, "number": 1, "issued_at": NOW, "agenda_sent": "[]",
                   "document_id": 1, "notice_id": 1},
    "agenda_change": {"meeting_id": 1, "agenda_item_id": 1, "kind": "withdrawn",
                      "decided_at": NOW},
    "interruption": {"attendance_id": 1, "left_at": NOW, "returned_at": LATER},
    "recusal": {"agenda_item_id": 1, "person_id": 1, "basis": "declared",
                "whereabouts": "left_room"},
    "stance": {"ballot_id": 1, "position": 1, "choice": "no", "label": "die Fraktion"},
    "election": {"agenda_item_id": 1, "position": 1, "office": "Vorsitz", "kind": "persons",
                 "seats": 1},
    "candidate": {"election_id": 1, "position": 1, "name": "A"},
    "election_round": {"election_id": 1, "number": 1, "present": 5, "handed_in": 5,
                       "outcome": "elected", "result_text": "gewählt"},
    "certified_copy": {"body_id": 1, "number": "1/2017", "agenda_item_id": 1, "document_id": 1,
                       "issued_on": "2017-05-02", "certified_by": "a"},
    "lot": {"round_id": 1, "among": "[]", "candidate_id": 1, "drawn_by": "der Vorsitz"},
    "tally": {"round_id": 1, "candidate_id": 1, "votes": 5},
    "apportionment": {"body_id": 1, "decided_on": "2017-01-01", "method": "dhondt", "seats": 9,
                      "strengths": "{}", "result": "{}"},
    "resolution": {"body_id": 1, "agenda_item_id": 1, "position": 1, "number": "1/2017",
                   "subject": "Punkt", "decision": "adopted", "decided_on": "2017-04-03",
                   "part": "public", "announcement": "not_needed", "progress": "open"},
    "resolution_print": {"body_id": 1, "kind": "book", "title": "a", "file_name": "a.pdf",
                         "sha512": "00", "issued_at": NOW},
    "printed_resolution": {"print_id": 1, "resolution_id": 1},
    "objection": {"minutes_id": 1, "raised_by": "A", "raised_on": "2017-05-01", "text": "b",
                  "state": "open"},
    "treatment_revision": {"treatment_id": 1, "number": 1, "saved_at": NOW},
    "minutes_signature": {"minutes_id": 1, "position": 1, "signatory": "chair", "name": "a"},
    "paper_relation": {"paper_id": 7, "kind": "amends", "other_id": 1},
    "local_rule": {"body_id": 1, "layer": "main_statute", "key": "notice.days", "value": "7",
                   "norm": "§ 1", "as_of": "2017-01-01", "valid_from": "2017-01-01"},
}  # fmt: skip


def whole(table: Table, values: dict[str, object]) -> dict[str, object]:
    """The row with every column that must be there: what is not given is filled by its type."""
    row = dict(values)
    for column in table.columns:
        if column.name not in row:
            row[column.name] = None if column.nullable else _empty(column)
    return row


def _empty(column: Any) -> object:
    default, kind = column.default, column.type
    if default is not None and default.is_scalar:
        return default.arg
    if isinstance(kind, Enum):
        return kind.enums[0]
    for sort, value in ((Date, NOW[:10]), ((DateTime, UtcDateTime), NOW), (Boolean, False)):
        if isinstance(kind, sort):
            return value
    if isinstance(kind, Integer):
        return 1
    return f"{column.table.name}-1" if column.unique else ""


REFUSED: list[Case] = [
    # Counts: all or none, none negative, somebody voted, no more than took part.
    ("ballot", {"yes": None}),
    ("ballot", {"no": None}),
    ("ballot", {"abstentions": None}),
    ("ballot", {"invalid": None}),
    ("ballot", {"yes": -1}),
    ("ballot", {"no": -1}),
    ("ballot", {"abstentions": -1}),
    ("ballot", {"invalid": -1}),
    ("ballot", {"yes": 0, "no": 0, "abstentions": 0}),
    ("ballot", {"yes": 4}),
    ("ballot", {"invalid": 1}),
    ("ballot", {"recused": 2}),
    ("ballot", {"recused": -1}),
    ("ballot", {"present": 0, "recused": 1, "yes": None, "no": None, "abstentions": None,
                "invalid": None}),
    ("ballot", {"kind": "guess"}),
    ("ballot", {"outcome": "maybe"}),
    ("vote", {"choice": "perhaps"}),
    # Times in order.
    ("meeting", {"end": NOW}),
    ("meeting", {"end": "2017-04-03 07:00:00"}),
    ("meeting", {"state": "over"}),
    ("attendance", {"arrived_at": NOW, "left_at": NOW}),
    ("attendance", {"kind": "asleep"}),
    ("membership", {"start_date": "2017-01-02", "end_date": "2017-01-01"}),
    ("membership", {"role": "king"}),
    ("organization", {"start_date": "2017-01-02", "end_date": "2017-01-01"}),
    ("organization", {"seats": 0}),
    ("organization", {"seats": 1000}),
    ("organization", {"kind": "club"}),
    # The agenda.
    ("agenda_item", {"parent_id": 1}),
    ("agenda_item", {"part": "both"}),
    ("agenda_item", {"disclosure": "loud"}),
    ("consultation", {"position": -1}),
    ("consultation", {"role": "none"}),
    ("treatment", {"decision": "perhaps"}),
    ("minutes", {"state": "lost"}),
    ("legislative_term", {"end_date": "2014-06-30"}),
    ("issued_document", {"kind": "gossip"}),
    # Users: clerk and Body, administrator and none, member and person.
    ("office_user", {"role": "administrator"}),
    ("office_user", {"body_id": None}),
    ("office_user", {"role": "member", "person_id": None}),
    ("office_user", {"role": "guest"}),
    # What the whole record adds.
    ("body", {"administered_by_id": 99}),
    ("composition_rule", {"count": 0}),
    ("contact_consent", {"withdrawn_on": "2016-12-31"}),
    ("contact_consent", {"field": "blood"}),
    ("substitute", {"for_person_id": 1}),
    ("substitute", {"start_date": "2017-01-02", "end_date": "2017-01-01"}),
    ("institutional_membership", {"start_date": "2017-01-02", "end_date": "2017-01-01"}),
    ("institutional_membership", {"role": "king"}),
    ("number_sequence", {"last": -1}),
    ("number_sequence", {"numbered": "sheep"}),
    ("paper_version", {"number": 0}),
    ("cosignature", {"state": "maybe"}),
    ("paper_relation", {"other_id": 7}),
    ("paper_relation", {"kind": "envies"}),
    ("minutes_signature", {"signatory": "ghost"}),
    ("meeting", {"number": 0}),
    ("meeting", {"kind": "secret"}),
    ("agenda_item", {"kind": "joke"}),
    ("standing_item", {"level": 3}),
    ("standing_item", {"part": "both"}),
    ("supplement", {"number": 0}),
    ("agenda_change", {"yes": 1}),
    ("agenda_change", {"yes": -1, "no": 0, "abstentions": 0}),
    ("agenda_change", {"kind": "eaten"}),
    ("attendance", {"substitute_for_id": 1}),
    ("attendance", {"capacity": "ghost"}),
    ("interruption", {"returned_at": NOW}),
    ("recusal", {"left_at": NOW, "returned_at": NOW}),
    ("recusal", {"basis": "guess"}),
    ("treatment", {"began_at": LATER, "ended_at": NOW}),
    ("treatment", {"treated_part": "both"}),
    ("ballot", {"motion": "perpetual"}),
    ("ballot", {"requirement": "all"}),
    ("stance", {"choice": "perhaps"}),
    ("election", {"seats": 0}),
    ("election", {"kind": "beauty"}),
    ("candidate", {"seats_won": -1}),
    ("election_round", {"handed_in": 6}),
    ("election_round", {"invalid": -1}),
    ("election_round", {"outcome": "draw"}),
    ("tally", {"votes": -1}),
    ("apportionment", {"seats": 0}),
    ("apportionment", {"method": "dice"}),
    ("resolution", {"announcement": "announced"}),
    ("resolution", {"announcement": "owed"}),
    ("resolution", {"progress": "done"}),
    ("resolution", {"completed_on": "2017-05-01"}),
    ("resolution", {"decision": "perhaps"}),
    ("objection", {"state": "upheld"}),
    ("objection", {"decided_on": "2017-05-02"}),
    ("treatment_revision", {"number": 0}),
    ("certified_copy", {"document_id": None}),
    ("resolution_print", {"kind": "gossip"}),
    ("resolution_print", {"sha512": None}),
    ("resolution_print", {"forgotten_on": "2017-05-02"}),
    ("file_text", {"state": "empty"}),
    ("file_text", {"state": "guess"}),
    ("local_rule", {"layer": "whim"}),
    ("local_rule", {"valid_until": "2016-12-31"}),
    # Links lead somewhere.
    ("meeting", {"location_id": 99}),
    ("agenda_item", {"meeting_id": 99}),
    ("ballot", {"agenda_item_id": 99}),
    ("paper", {"body_id": 99}),
    ("consultation", {"agenda_item_id": 99}),
    ("attendance", {"person_id": 99}),
    ("file_text", {"sha512": "99"}),
]  # fmt: skip

TWICE: list[Case] = [
    ("vote", {}),
    ("attendance", {"uid": "t2"}),
    ("agenda_item", {"uid": "a2"}),
    ("paper", {"uid": "p2"}),
    ("minutes", {"uid": "n2"}),
    ("treatment", {"uid": "r2"}),
    ("meeting", {}),
    ("location", {}),
    ("resolution", {"uid": "b2"}),
    ("number_sequence", {}),
    ("paper_kind", {"id": 72, "uid": "k2"}),
    ("paper_version", {}),
    ("cosignature", {"uid": "z2"}),
    ("supplement", {}),
    ("recusal", {"uid": "v2"}),
    ("election_round", {"uid": "g2"}),
    ("tally", {}),
    ("treatment_revision", {}),
    ("certified_copy", {}),
]

ALLOWED: list[Case] = [
    ("ballot", {"yes": None, "no": None, "abstentions": None, "invalid": None}),
    ("ballot", {"yes": 5, "no": 0, "abstentions": 0}),
    ("ballot", {"yes": 0, "no": 0, "abstentions": 0, "invalid": 5}),
    ("meeting", {"end": "2017-04-03 08:00:01"}),
    ("attendance", {"arrived_at": NOW, "left_at": "2017-04-03 09:00:00"}),
    ("agenda_item", {"number": None}),
    ("organization", {"seats": 999}),
    ("membership", {"start_date": "2017-01-01", "end_date": "2017-01-01"}),
]
