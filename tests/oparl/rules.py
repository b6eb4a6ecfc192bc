"""OParl 1.1's rules for objects, in our own words: what each type has, holds and must have."""

import re
from typing import Any

URL = re.compile(r"http://127\.0\.0\.1:\d+/[^\s<>\"]*|https://www\.govdata\.de/\S+")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
TYPE = "https://schema.oparl.org/1.1/"

COMMON = "id!url type!text created!moment modified!moment web:url"
PROPERTIES = {
    "System": "oparlVersion!text body!list=Body license:url name:text contactName:text"
    " contactEmail:text website:url",
    "Body": "name!text organization!list=Organization person!list=Person meeting!list=Meeting"
    " paper!list=Paper agendaItem!list=AgendaItem consultation!list=Consultation file!list=File"
    " locationList!list=Location legislativeTermList!list=LegislativeTerm"
    " membership!list=Membership legislativeTerm!parts=LegislativeTerm system:link=System"
    " shortName:text website:url ags:text contactEmail:text contactName:text classification:text",
    "LegislativeTerm": "body:link=Body name:text startDate:date endDate:date",
    "Organization": "body:link=Body name:text membership:links=Membership meeting:list=Meeting"
    " consultation:list=Consultation shortName:text organizationType:text classification:text"
    " startDate:date endDate:date",
    "Person": "body:link=Body name:text familyName:text givenName:text formOfAddress:text"
    " title:texts membership:parts=Membership",
    "Membership": "person:link=Person organization:link=Organization role:text votingRight:truth"
    " onBehalfOf:link=Organization startDate:date endDate:date",
    "Meeting": "name:text meetingState:text cancelled:truth start:moment end:moment"
    " location:part=Location organization:links=Organization invitation:part=File"
    " resultsProtocol:part=File auxiliaryFile:parts=File agendaItem:parts=AgendaItem",
    "AgendaItem": "order!number meeting:link=Meeting number:text name:text public:truth"
    " consultation:link=Consultation result:text resolutionText:text resolutionFile:part=File"
    " auxiliaryFile:parts=File",
    "Paper": "body:link=Body name:text reference:text date:date paperType:text mainFile:part=File"
    " auxiliaryFile:parts=File originatorPerson:links=Person underDirectionOf:links=Organization"
    " originatorOrganization:links=Organization consultation:parts=Consultation",
    "Consultation": "paper:link=Paper agendaItem:link=AgendaItem meeting:link=Meeting"
    " organization:links=Organization authoritative:truth role:text",
    "File": "accessUrl!url downloadUrl:url name:text fileName:text mimeType:text date:date"
    " size:number sha512Checksum:text meeting:links=Meeting agendaItem:links=AgendaItem"
    " paper:links=Paper",
    "Location": "description:text streetAddress:text room:text postalCode:text locality:text"
    " meetings:links=Meeting",
}
BACK_LINKS = {
    "LegislativeTerm": {"body"},
    "Membership": {"person"},
    "AgendaItem": {"meeting"},
    "Consultation": {"paper"},
    "File": {"meeting", "agendaItem", "paper"},
    "Location": {"meetings"},
}
Rule = tuple[bool, str, str]  # required, what it holds, of which type
Json = dict[str, Any]


def _rules() -> dict[str, dict[str, Rule]]:
    rules: dict[str, dict[str, Rule]] = {}
    for name, properties in PROPERTIES.items():
        rules[name] = {}
        for rule in f"{COMMON} {properties}".split():
            match = re.fullmatch(r"(\w+)([!:])(\w+)(?:=(\w+))?", rule)
            assert match, rule
            rules[name][match[1]] = (match[2] == "!", match[3], match[4] or "")
    return rules


RULES = _rules()


def fits(form: str, content: Any) -> bool:
    """Whether a value is of the form that a rule names."""
    match form:
        case "text":
            return isinstance(content, str) and "&amp;" not in content
        case "texts":
            return all(isinstance(one, str) for one in content)
        case "truth":
            return isinstance(content, bool)
        case "number":
            return isinstance(content, int) and not isinstance(content, bool)
        case _:
            pattern = {"url": URL, "date": DATE, "moment": MOMENT}[form]
            return pattern.fullmatch(content) is not None
