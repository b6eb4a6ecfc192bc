"""Looking up what belongs to a paper, an organisation or a Body: like `loading`, never without a
reader. Unknown and forbidden are the same: NotFound.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.office.loading import one, organizations, own, papers
from sitzungsdienst.record.bodies import Organization
from sitzungsdienst.record.local_rules import LocalRule
from sitzungsdienst.record.paper_work import Cosignature, PaperKind
from sitzungsdienst.record.papers import Paper
from sitzungsdienst.record.people import InstitutionalMembership, Substitute


def cosignature(session: Session, actor: Actor, cosignature_id: int) -> Cosignature:
    """Load a co-signature of a readable paper."""
    return one(
        session,
        select(Cosignature).where(
            Cosignature.id == cosignature_id,
            Cosignature.paper_id.in_(papers(session, actor).with_only_columns(Paper.id)),
        ),
    )


def paper_kind(session: Session, actor: Actor, kind_id: int) -> PaperKind:
    """Load a kind of papers of the actor's Body."""
    return one(
        session, select(PaperKind).where(PaperKind.id == kind_id, own(PaperKind.body_id, actor))
    )


def substitute(session: Session, actor: Actor, substitute_id: int) -> Substitute:
    """Load a substitute in an organisation of the actor's Body."""
    return one(
        session,
        select(Substitute).where(
            Substitute.id == substitute_id,
            Substitute.organization_id.in_(organizations(actor).with_only_columns(Organization.id)),
        ),
    )


def institution(session: Session, actor: Actor, membership_id: int) -> InstitutionalMembership:
    """Load a seat of an office in an organisation of the actor's Body."""
    own = organizations(actor).with_only_columns(Organization.id)
    return one(
        session,
        select(InstitutionalMembership).where(
            InstitutionalMembership.id == membership_id,
            InstitutionalMembership.organization_id.in_(own),
        ),
    )


def local_rule(session: Session, actor: Actor, rule_id: int) -> LocalRule:
    """Load a rule of the actor's own Body."""
    return one(
        session, select(LocalRule).where(LocalRule.id == rule_id, own(LocalRule.body_id, actor))
    )
