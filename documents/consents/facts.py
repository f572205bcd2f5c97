"""Papers of consents from stored data: people, the school, the words in use."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from documents.drafting.people import person_facts, school_facts
from documents.kinds import consent as kind
from documents.kinds.consent import ConsentKind, Signing
from documents.letterhead.models import LegalCode, LegalReference, PaperSettings
from documents.paper import Paper
from programmes.consents.models import Consent, ConsentText
from programmes.consents.standing import Signers, signers_of
from programmes.consents.wording import CATEGORIES
from programmes.people.models import Person
from programmes.school.models import School

SIGNING = {
    Signers.GUARDIAN: Signing.GUARDIAN,
    Signers.BOTH: Signing.BOTH,
    Signers.PERSON: Signing.PERSON,
}


class Printing:
    """What all consents of a school share, fetched once."""

    def __init__(self, school: School, on: datetime.date | None = None) -> None:
        self.school = school
        self.on = on or timezone.localdate()
        self.facts = school_facts(school, PaperSettings.of(school))
        head = school.head_on(self.on)
        self.head = person_facts(head.person) if head else None
        self._texts: dict[str, ConsentText] = {}

    def text(self, purpose: str) -> ConsentText:
        if purpose not in self._texts:
            self._texts[purpose] = ConsentText.in_use(self.school, purpose)
        return self._texts[purpose]

    def signing(self, person: Person) -> Signing:
        return SIGNING[signers_of(person, self.on)]

    def consent(self, person: Person | None, purpose: str, text: ConsentText | None = None):
        """The paper for this person; without one a sample with blanks."""
        text = text or self.text(purpose)
        return kind.build(
            kind.ConsentFacts(
                kind=ConsentKind(purpose),
                signing=self.signing(person) if person else Signing.GUARDIAN,
                school=self.facts,
                address=self.school.address,
                head=self.head,
                person=person_facts(person) if person else None,
                birth_date=person.birth_date if person else None,
                version=text.number,
                site=self.school.site,
                categories=tuple(CATEGORIES.values()),
                **text.words,
            )
        )

    def consents(self, papers: Iterable[tuple[Person, str]]) -> list[Paper]:
        return [self.consent(person, purpose) for person, purpose in papers]

    def withdrawal(self, consent: Consent) -> Paper:
        person = consent.person
        return kind.build_withdrawal(
            kind.WithdrawalFacts(
                kind=ConsentKind(consent.purpose),
                signing=self.signing(person),
                school=self.facts,
                head=self.head,
                person=person_facts(person),
                given_on=consent.signed_on,
            )
        )

    def worker_consent(self, person: Person) -> Paper:
        _, reference = LegalReference.wording(self.school, LegalCode.MENTORING, self.on)
        return kind.build_worker_consent(
            kind.WorkerConsentFacts(
                school=self.facts,
                head=self.head,
                person=person_facts(person),
                reference=reference,
            )
        )
