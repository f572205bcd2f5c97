"""What is done with consents: recorded, scanned, withdrawn, undone; their texts changed (D13).

Each verb refuses with every reason in words, or does the whole deed; twice is as once.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from programmes.consents.models import (
    Authority,
    Consent,
    ConsentScan,
    ConsentText,
    Relation,
    WithdrawalTask,
    WorkerMentoring,
    three_working_days_after,
)
from programmes.consents.standing import Signers, signers_of
from programmes.consents.wording import CATEGORIES, PARTS, TO_WHAT, Purpose
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import School, User


@dataclass(frozen=True)
class Signed:
    """What stands on one signed paper."""

    person: Person
    purpose: str
    signed_on: datetime.date
    valid_until: datetime.date | None = None
    by_person: bool = False
    guardian_name: str = ""
    guardian_relation: str = ""
    guardian_authority: str = ""
    categories: tuple[str, ...] = field(default=())
    conditions: str = ""
    version: int | None = None  # «Редакция текста №» on the paper; None: by the day of signing


@transaction.atomic
def record(school: School, papers: Iterable[Signed], by: User | None) -> list[Consent]:
    """Record a pile of signed papers: all of them or, with Refusal naming each, none.

    One that is recorded already with the same day is passed over. Returns those recorded now.
    """
    papers = list(papers)
    school = School.objects.select_for_update().get(pk=school.pk)
    if not papers:
        raise Refusal("Отметьте хотя бы одного человека и одно согласие.")
    people = [paper.person.pk for paper in papers]
    withdrawn = {
        (pk, purpose): day
        for pk, purpose, day in Consent.objects.filter(
            person__in=people, withdrawn_on__isnull=False
        )
        .order_by("withdrawn_on")
        .values_list("person_id", "purpose", "withdrawn_on")
    }
    reasons = [
        reason
        for paper in papers
        for reason in reasons_against(
            paper, school, withdrawn.get((paper.person.pk, str(paper.purpose)))
        )
    ]
    if reasons:
        raise Refusal(*dict.fromkeys(reasons))
    there = {
        (pk, purpose, day)
        for pk, purpose, day in Consent.objects.standing()
        .filter(person__in=people)
        .values_list("person_id", "purpose", "signed_on")
    }
    texts: dict[tuple, ConsentText] = {}
    recorded = []
    for paper in papers:
        key = (paper.person.pk, str(paper.purpose), paper.signed_on)
        if key in there:
            continue
        there.add(key)
        words = (paper.purpose, paper.signed_on, paper.version)
        if words not in texts:
            texts[words] = text_signed(school, *words)
        is_public = paper.purpose == Purpose.DISTRIBUTION
        recorded.append(
            Consent.objects.create(
                person=paper.person,
                purpose=paper.purpose,
                text=texts[words],
                signed_on=paper.signed_on,
                valid_until=paper.valid_until,
                signed_by_person=paper.by_person,
                guardian_name=paper.guardian_name,
                guardian_relation=paper.guardian_relation,
                guardian_authority=paper.guardian_authority,
                site=school.site if is_public else "",
                categories=list(paper.categories) if is_public else [],
                conditions=paper.conditions if is_public else "",
                recorded_by=by,
            )
        )
    return recorded


def text_in_use(school: School, purpose: str) -> ConsentText:
    """The version in use, stored if these are still the default words."""
    text = ConsentText.in_use(school, purpose)
    if text.pk is None:
        text.save()
    return text


def text_signed(
    school: School, purpose: str, on: datetime.date, number: int | None = None
) -> ConsentText:
    """The version that a paper names, else the one in use on the day it was signed.

    A paper signed before the first version was stored has the first. Refusal for a number that
    does not exist.
    """
    versions = list(school.consent_texts.filter(purpose=purpose).order_by("number"))
    if number is not None:
        found = next((text for text in versions if text.number == number), None)
        if found is None:
            raise Refusal(f"Редакции текста № {number} нет: {Purpose(purpose).label}.")
        return found
    if len(versions) < 2:
        return text_in_use(school, purpose)
    earlier = [text for text in versions if timezone.localdate(text.created_at) <= on]
    return earlier[-1] if earlier else versions[0]


def reasons_against(
    paper: Signed, school: School, withdrawn_on: datetime.date | None = None
) -> Iterable[str]:
    """Yield, in words, what is wrong with a paper.

    ``withdrawn_on`` is the last day on which the person withdrew a consent to the same.
    """
    person, day = paper.person, paper.signed_on
    who = person.full_name
    if person.school_id != school.pk:
        yield "Этого человека нет в школе."
        return
    if paper.purpose not in Purpose.values:
        yield "Выберите, на что дано согласие."
        return
    if day > timezone.localdate():
        yield f"{who}: согласие не может быть подписано в будущем ({day:%d.%m.%Y})."
    if person.birth_date and day < person.birth_date:
        yield f"{who}: согласие подписано раньше дня рождения ({person.birth_date:%d.%m.%Y})."
        return
    if paper.valid_until and paper.valid_until < day:
        yield f"{who}: срок согласия кончается раньше, чем оно подписано."
    yield from _wrong_signers(paper)
    if paper.purpose == Purpose.DISTRIBUTION:
        if not school.site:
            yield "Укажите адрес сайта в настройках школы: согласие называет его."
        if not paper.categories or not set(paper.categories) <= set(CATEGORIES):
            yield (
                f"{who}: отметьте, что разрешено публиковать. Что не отмечено, публиковать "
                "нельзя: молчание не согласие."
            )
    if withdrawn_on is not None and day < withdrawn_on:
        yield (
            f"{who}: согласие {TO_WHAT[paper.purpose]} отозвано {withdrawn_on:%d.%m.%Y}. "
            "Новое должно быть подписано в этот день или позже."
        )


def _wrong_signers(paper: Signed) -> Iterable[str]:
    person, has_guardian = paper.person, bool(paper.guardian_name.strip())
    who, day = person.full_name, f"{paper.signed_on:%d.%m.%Y}"
    asked = signers_of(person, paper.signed_on)
    if asked is Signers.PERSON:
        if has_guardian:
            yield (
                f"{who}: на {day} человек совершеннолетний и подписывает сам, родитель за него не "
                "подписывает."
            )
        elif not paper.by_person:
            yield f"{who}: согласие подписывает сам участник."
        return
    if not has_guardian:
        age = "младше 14 лет" if asked is Signers.GUARDIAN else "младше 18 лет"
        if person.birth_date is None:
            age = "дата рождения не указана"
        yield (
            f"{who}: на {day} {age}, согласие подписывает родитель (законный представитель). "
            "Укажите его фамилию, имя и отчество."
        )
    elif (
        paper.guardian_relation not in Relation.values
        or paper.guardian_authority not in Authority.values
    ):
        yield f"{who}: укажите, кем приходится представитель и чем подтверждены его полномочия."
    if asked is Signers.BOTH and not paper.by_person:
        yield f"{who}: от 14 до 18 лет подписывают оба – обучающийся и родитель."


def _lock_all_that_rests_on(consent: Consent) -> None:
    """Lock the programmes of the school by their ids, then the school: the caller holds no lock.

    Bases, pairs and orders read consents under the lock of their programme, recording under that
    of the school; none of them goes on from a consent that is being withdrawn meanwhile.
    """
    school_id = consent.person.school_id
    list(Programme.objects.select_for_update().filter(school=school_id).order_by("pk"))
    School.objects.select_for_update().get(pk=school_id)


@transaction.atomic
def withdraw(consent: Consent, on: datetime.date, reason: str) -> WithdrawalTask:
    """Withdraw a consent: it counts no more from this moment, and a task with a last day begins.

    Saying the same twice changes nothing. Papers that are issued stay (domain notes § 5.2).
    """
    _lock_all_that_rests_on(consent)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_on is not None:
        if consent.withdrawn_on == on:
            return consent.task
        raise Refusal(f"Согласие уже отозвано {consent.withdrawn_on:%d.%m.%Y}.")
    if consent.voided_at is not None:
        raise Refusal("Эта запись отмечена ошибочной: отзывать нечего.")
    if on < consent.signed_on:
        raise Refusal(
            f"Отзыв не может быть раньше подписи: согласие от {consent.signed_on:%d.%m.%Y}."
        )
    if on > timezone.localdate():
        raise Refusal("День отзыва ещё не наступил.")
    consent.withdrawn_on, consent.withdrawal_reason = on, reason
    consent.save()
    is_public = consent.purpose in (Purpose.DISTRIBUTION, Purpose.IMAGE)
    due = (
        three_working_days_after(on)
        if is_public
        else on + datetime.timedelta(days=WithdrawalTask.DAYS)
    )
    return WithdrawalTask.objects.create(consent=consent, due_on=due)


@transaction.atomic
def complete(task: WithdrawalTask, on: datetime.date) -> WithdrawalTask:
    """Say that what a withdrawal asks for is done. The same twice changes nothing."""
    task = WithdrawalTask.objects.select_for_update().get(pk=task.pk)
    if task.done_on is not None:
        if task.done_on == on:
            return task
        raise Refusal(f"Уже отмечено выполненным {task.done_on:%d.%m.%Y}.")
    if on < task.consent.withdrawn_on:
        raise Refusal(
            f"Выполнить раньше отзыва нельзя: согласие отозвано "
            f"{task.consent.withdrawn_on:%d.%m.%Y}."
        )
    if on > timezone.localdate():
        raise Refusal("День выполнения ещё не наступил.")
    task.done_on = on
    task.save()
    return task


@transaction.atomic
def undo(consent: Consent, reason: str) -> None:
    """Take back a record made by mistake: it goes while it has no scan, else it stays void with
    the reason. Twice is as once."""
    _lock_all_that_rests_on(consent)
    found = Consent.objects.select_for_update().filter(pk=consent.pk).first()
    if found is None or found.voided_at is not None:
        return
    if found.withdrawn_on is not None:
        raise Refusal("Согласие отозвано: запись нужна, чтобы это подтвердить.")
    if not found.scans.exists():
        found.delete()
        return
    if not reason:
        raise Refusal("У согласия есть скан: напишите, в чём ошибка.")
    found.voided_at, found.void_reason = timezone.now(), reason
    found.save()


@transaction.atomic
def attach_scan(
    paper: Consent | WorkerMentoring, content: bytes, extension: str, by: User | None
) -> ConsentScan:
    """Keep a checked scan of the paper; the same file twice is kept once."""
    paper = type(paper).objects.select_for_update().get(pk=paper.pk)
    digest = hashlib.sha256(content).hexdigest()
    there = paper.scans.filter(sha256=digest).first()
    if there is not None:
        return there
    owner = "consent" if isinstance(paper, Consent) else "mentoring"
    scan = ConsentScan(extension=extension, sha256=digest, uploaded_by=by, **{owner: paper})
    scan.file.save("scan", ContentFile(content), save=True)
    return scan


@transaction.atomic
def change_text(school: School, purpose: str, words: dict[str, str]) -> ConsentText:
    """Word a consent anew: a new version, or the one in use when nothing has changed.

    Consents that were signed keep the version they were signed under.
    """
    school = School.objects.select_for_update().get(pk=school.pk)
    current = text_in_use(school, purpose)
    text = ConsentText(
        school=school,
        purpose=purpose,
        number=current.number + 1,
        **{part: words.get(part, "") for part in PARTS},
    )
    text.clean_texts()
    if text.words == current.words:
        return current
    text.save()
    return text


@transaction.atomic
def keep_worker_papers(programme: Programme, person: Person, **values) -> WorkerMentoring:
    """Record the consent and the agreement of a worker who is a mentor. Art. 351.8 (§ 2.2).

    Refusal for dates that cannot be: in the future, or an agreement before the consent.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    row = programme.worker_mentorings.filter(person=person).first()
    row = row or WorkerMentoring(programme=programme, person=person)
    for name, value in values.items():
        setattr(row, name, value)
    today, reasons = timezone.localdate(), []
    for name, words in (("consent_on", "Согласие"), ("agreement_on", "Соглашение")):
        day = getattr(row, name)
        if day and day > today:
            reasons.append(f"{words} не может быть подписано в будущем.")
    if row.consent_on and row.agreement_on and row.agreement_on < row.consent_on:
        reasons.append("Соглашение подписано раньше согласия работника.")
    if row.started_on and row.ended_on and row.ended_on < row.started_on:
        reasons.append("Срок работы кончается раньше, чем начинается.")
    if reasons:
        raise Refusal(*reasons)
    row.save()
    return row
