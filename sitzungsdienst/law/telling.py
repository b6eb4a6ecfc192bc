"""The values of law in German: a label for each, and words for what they say."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from sitzungsdienst.law.values import Certainty, Layer, Value
from sitzungsdienst.law.words import (
    Abstention,
    Announcement,
    Approval,
    Denominator,
    ElectionBase,
    ElectionMode,
    Extension,
    Fiction,
    HybridElection,
    Latest,
    LotDrawer,
    MassRecusal,
    MissingNotice,
    NewMeetingFrom,
    NoticeStart,
    NoVotes,
    OwnVote,
    QuorumBase,
    QuorumShare,
    Quota,
    Recording,
    RecusalEffect,
    SeatBasis,
    SeatMethod,
    SeatTie,
    SecondRound,
    SecretVote,
    Signatory,
    SingleCandidate,
    Tie,
    Unanimity,
)

LAYER_NAMES = {
    Layer.LAND: "Landesrecht",
    Layer.MAIN_STATUTE: "Hauptsatzung",
    Layer.RULES_OF_PROCEDURE: "Geschäftsordnung",
}
CERTAINTY_NAMES = {
    Certainty.CERTAIN: "gesichert",
    Certainty.LIKELY: "wahrscheinlich",
    Certainty.UNSURE: "ungeklärt",
}

SECTIONS = {
    "edition": "Fassung",
    "notice": "Ladung",
    "public_notice": "Bekanntmachung",
    "agenda": "Tagesordnung",
    "quorum": "Beschlussfähigkeit",
    "majority": "Mehrheiten",
    "procedure": "Abstimmung",
    "recusal": "Mitwirkungsverbot",
    "election": "Wahlen",
    "seats": "Ausschusssitze",
    "minutes": "Niederschrift",
    "objection": "Widerspruch",
    "publicity": "Öffentlichkeit",
}

LABELS = {
    "edition": "Fassung des Gesetzes",
    "notice.days": "Ladungsfrist",
    "notice.urgent_days": "Ladungsfrist in dringenden Fällen",
    "notice.first_meeting_days": "Ladungsfrist zur ersten Sitzung der Wahlperiode",
    "notice.start": "Beginn der Ladungsfrist",
    "notice.form": "Form der Ladung",
    "public_notice.days_before": "Bekanntmachung vor der Sitzung",
    "public_notice.missing": "Folge fehlender Bekanntmachung",
    "agenda.extension": "Erweiterung der Tagesordnung in der Sitzung",
    "quorum.base": "Zahl, von der die Beschlussfähigkeit zählt",
    "quorum.share": "Nötige Anwesenheit",
    "quorum.recused_count": "Ausgeschlossene zählen als anwesend",
    "quorum.fiction": "Gilt als beschlussfähig",
    "quorum.fiction_floor": "Mindestanteil ohne Antrag",
    "quorum.second_summons": "Zweite Ladung mit Hinweis hilft",
    "quorum.second_minimum": "Mindestzahl nach zweiter Ladung",
    "quorum.all_must_be_summoned": "Alle müssen geladen sein",
    "quorum.all_present": "Anwesenheit aller ohne Rüge heilt die Ladung",
    "quorum.mass_recusal": "Mehr als die Hälfte ist ausgeschlossen",
    "majority.simple": "Einfache Mehrheit zählt nach",
    "majority.tie": "Stimmengleichheit",
    "majority.abstention": "Enthaltung",
    "majority.unanimous": "Einstimmig heißt",
    "majority.charter": "Mehrheit für die Hauptsatzung",
    "majority.chair_removal": "Mehrheit für die Abberufung aus dem Vorsitz",
    "procedure.secret_vote": "Geheime Abstimmung über Sachfragen",
    "procedure.secret_share": "Anteil für geheime Abstimmung",
    "procedure.roll_call_share": "Anteil für namentliche Abstimmung",
    "procedure.roll_call_number": "Zahl für namentliche Abstimmung",
    "procedure.roll_call_group": "Fraktion kann namentliche Abstimmung verlangen",
    "procedure.secret_over_roll_call": "Geheim geht vor namentlich",
    "procedure.own_vote": "Eigenes Stimmverhalten in der Niederschrift",
    "procedure.hybrid_election": "Geheime Wahl bei Zuschaltung",
    "recusal.effect": "Folge unzulässiger Mitwirkung",
    "recusal.applies_to_elections": "Mitwirkungsverbot bei Wahlen",
    "recusal.audience": "Ausgeschlossene dürfen im Zuhörerbereich bleiben",
    "recusal.body_decides": "Gremium entscheidet im Zweifel",
    "election.mode": "Form der Wahl",
    "election.first_round": "Mehrheit im ersten Wahlgang",
    "election.no_votes": "Nein-Stimmen",
    "election.repeat_if_half_invalid": "Wiederholung, wenn die Hälfte ungültig ist",
    "election.second_round": "Zweiter Wahlgang",
    "election.single_candidate": "Nur ein Wahlvorschlag",
    "election.top_tie_repeats": "Wiederholung bei mehr als zwei Gleichen an der Spitze",
    "election.lot": "Los zieht",
    "seats.method": "Verfahren für Ausschusssitze",
    "seats.allowed": "Zulässige Verfahren",
    "seats.basis": "Sitze werden verteilt nach",
    "seats.tie": "Gleicher Anspruch auf den letzten Sitz",
    "seats.majority_clause": "Mehrheitsklausel",
    "seats.over_rounding_guard": "Verbot der Überaufrundung",
    "seats.chairs": "Verfahren für Ausschussvorsitze",
    "minutes.contents": "Inhalt der Niederschrift",
    "minutes.sign": "Unterschriften",
    "minutes.approval": "Umgang mit der Niederschrift",
    "minutes.due_days": "Frist für die Niederschrift",
    "minutes.latest": "Spätestens vorzulegen",
    "minutes.electronic": "Elektronische Unterschrift zulässig",
    "minutes.recording": "Löschung der Tonaufzeichnung",
    "objection.days": "Frist für den Widerspruch",
    "objection.suspensive": "Widerspruch schiebt den Vollzug auf",
    "objection.new_meeting_from": "Frist für die neue Sitzung zählt ab",
    "objection.new_meeting_min_days": "Neue Sitzung frühestens nach",
    "objection.new_meeting_max_days": "Neue Sitzung spätestens nach",
    "publicity.announcement": "Bekanntgabe nichtöffentlicher Beschlüsse",
}

# By type and not by word alone: "none" of one type equals "none" of another.
WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    NoticeStart: {"receipt": "Zugang", "dispatch": "Absendung", "provision": "Bereitstellung"},
    MissingNotice: {"void": "Beschlüsse unwirksam", "unknown": "ungeklärt"},
    QuorumBase: {"statutory_members": "gesetzliche Mitgliederzahl", "members": "Mitglieder"},
    QuorumShare: {
        "more_than_half": "mehr als die Hälfte",
        "at_least_half": "mindestens die Hälfte",
    },
    Fiction: {
        "none": "nie",
        "until_challenged_after_start": "nach Feststellung zu Beginn, bis gerügt wird",
        "until_found_inquorate": "bis das Gegenteil festgestellt ist",
        "until_motion_above_floor": "bis zum Antrag, nicht unter dem Mindestanteil",
    },
    MassRecusal: {
        "none": "keine Sonderregel",
        "quorate": "beschlussfähig ohne Mindestzahl",
        "quorate_with_approval": "beschlussfähig, Genehmigung der Kommunalaufsicht nötig",
        "quarter": "ein Viertel genügt",
    },
    Denominator: {
        "statutory": "gesetzlichen Mitgliederzahl",
        "members": "Mitglieder",
        "present_entitled": "anwesenden Stimmberechtigten",
        "cast": "abgegebenen Stimmen",
        "valid": "gültigen Stimmen",
        "yes_and_no": "Ja- und Nein-Stimmen",
    },
    Tie: {"rejected": "abgelehnt"},
    Abstention: {"not_counted": "zählt nicht mit", "forbidden": "unzulässig"},
    Unanimity: {"no_dissent": "ohne Gegenstimme"},
    Signatory: {
        "chair": "Vorsitz",
        "clerk": "Schriftführung",
        "member": "ein Mitglied",
        "two_members": "zwei Mitglieder",
    },
    Approval: {
        "vote": "Genehmigung durch Abstimmung",
        "objections": "Entscheidung über Einwendungen",
        "none": "gilt mit den Unterschriften",
        "local": "dem Ortsrecht überlassen",
    },
    Latest: {
        "none": "kein Termin",
        "next_meeting": "zur nächsten Sitzung",
        "next_ordinary_meeting": "zur nächsten ordentlichen Sitzung",
    },
    Recording: {
        "after_objections": "nach Entscheidung über Einwendungen",
        "after_minutes": "nach Unterzeichnung oder Genehmigung der Niederschrift",
        "local": "dem Ortsrecht überlassen",
    },
    Extension: {
        "urgent_by_resolution": "bei Dringlichkeit durch Beschluss",
        "urgent_by_two_thirds_of_members": "bei Dringlichkeit mit 2/3 der Mitglieder",
        "two_thirds_of_statutory": "mit 2/3 der gesetzlichen Mitgliederzahl",
        "urgent_or_all_present": "bei Dringlichkeit oder wenn alle ohne Widerspruch da sind",
        "local_or_emergency": "im Notfall oder nach Ortsrecht",
        "local": "dem Ortsrecht überlassen",
    },
    SecretVote: {
        "forbidden": "unzulässig",
        "on_demand": "auf Antrag",
        "local": "dem Ortsrecht überlassen",
    },
    OwnVote: {
        "on_demand_unless_secret": "auf Verlangen, nicht bei geheimer Stimmabgabe",
        "unknown": "ungeklärt",
    },
    HybridElection: {
        "forbidden": "unzulässig",
        "connected_excluded": "ohne die Zugeschalteten",
        "approved_system_or_post": "mit zugelassenem System, sonst brieflich",
        "unknown": "ungeklärt",
    },
    RecusalEffect: {
        "void_if_decisive": "ungültig, wenn entscheidend",
        "void_cured_after_six_months": "unwirksam, nach sechs Monaten geheilt",
        "unknown": "ungeklärt",
    },
    Announcement: {
        "next_public_meeting": "in der nächsten öffentlichen Sitzung, soweit nichts entgegensteht",
        "when_reason_gone": "sobald der Grund der Geheimhaltung entfällt",
        "contents_accessible": "wesentlicher Inhalt soll zugänglich sein",
        "unknown": "ungeklärt",
    },
    NewMeetingFrom: {"objection": "dem Widerspruch", "first_meeting": "der ersten Sitzung"},
    ElectionMode: {
        "open_unless_objection": "offen, wenn niemand widerspricht",
        "secret_unless_no_objection": "geheim; offen, wenn niemand widerspricht",
        "written_secret_on_demand": "schriftlich, auf Verlangen geheim",
        "always_secret": "immer geheim",
        "secret_unless_unanimous": "geheim; anders nur nach einstimmigem Beschluss",
    },
    ElectionBase: {
        "valid_votes": "mehr als die Hälfte der gültigen Stimmen",
        "present_entitled": "mehr als die Hälfte der anwesenden Stimmberechtigten",
        "members": "mehr als die Hälfte der Mitglieder",
    },
    SecondRound: {
        "plurality": "meiste Stimmen unter allen",
        "runoff_top_two": "Stichwahl der beiden Besten",
    },
    SingleCandidate: {
        "first_round_only": "nur ein Wahlgang",
        "same_majority_again": "zweiter Wahlgang mit derselben Mehrheit",
        "as_others": "wie bei mehreren",
    },
    NoVotes: {"valid": "gültig", "invalid": "ungültig", "ignored": "ohne Bedeutung"},
    LotDrawer: {
        "chair": "der Vorsitz",
        "mayor": "Bürgermeisterin oder Bürgermeister",
        "oldest_member": "das älteste Mitglied",
        "unnamed": "nicht bestimmt",
    },
    SeatMethod: {
        "hare_niemeyer": "Hare-Niemeyer",
        "dhondt": "d'Hondt",
        "sainte_lague": "Sainte-Laguë/Schepers",
    },
    SeatBasis: {
        "faction_members": "Mitgliederzahl der Fraktionen",
        "list_votes": "Stimmen für die Listen",
    },
    SeatTie: {
        "lot": "Los",
        "agreement_else_lot": "Einigung, sonst Los",
        "election_votes": "Stimmenzahl der Wahl",
        "local": "dem Ortsrecht überlassen",
    },
}


def tell(key: str, value: Value[object]) -> str:
    """Return what a value says, in German words ("7 Tage", "mehr als 1/2 der Mitglieder")."""
    if value.value is None:
        unsure = value.certainty is Certainty.UNSURE
        return "ungeklärt" if unsure else "nicht gesetzlich bestimmt"
    return in_words(key, value.value)


def in_words(key: str, value: object) -> str:
    """Return a bare value in German words."""
    match value:
        case tuple():
            words = ", ".join(in_words(key, one) for one in value)
        case bool():
            words = "ja" if value else "nein"
        case int():
            words = _number(key, value)
        case StrEnum():
            words = word(value)
        case Fraction():
            words = f"{value.numerator}/{value.denominator}"
        case Quota():
            reach = "mehr als" if value.more_than else "mindestens"
            words = f"{reach} {in_words(key, value.share)} der {word(value.of)}"
        case _:
            words = str(value)
    return words


def word(member: StrEnum) -> str:
    """Return the German words for one word of the law."""
    return WORDS[type(member)][member.value]


def section_of(key: str) -> str:
    """Return the German heading under which a key stands ("notice.days": "Ladung")."""
    return SECTIONS[key.partition(".")[0]]


def _number(key: str, number: int) -> str:
    if "days" not in key:
        return str(number) if number else "keine"
    if key == "public_notice.days_before":
        return f"spätestens am {number}. Tag davor"
    if not number:
        return "keine Frist"
    return "1 Tag" if number == 1 else f"{number} Tage"
