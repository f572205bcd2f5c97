"""The school's papers: drafts, their life, the register with its numbers, issued files."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from documents.numbering.models import Series
from pairs.models import Pair
from programmes.access import Role
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.models import School, User
from programmes.text import Record


class Kind(models.TextChoices):
    """Kinds of papers: the instruction's set and what goes with it (rows D1–D9, D14).

    ``documents.drafting`` writes them; any of them may also be entered by hand.
    """

    IMPLEMENTATION = "D1", "Приказ «О внедрении целевой модели наставничества»"
    MINUTES = "D2", "Протокол заседания педагогического совета"
    PLAN = "D3", "Приказ «Об утверждении плана реализации целевой модели наставничества»"
    REGULATION = "D4", "Положение о наставничестве"
    REGULATION_ORDER = "D5", "Приказ «Об утверждении Положения о наставничестве»"
    APPOINTMENT = "D6", "Приказ «О назначении куратора и наставников»"
    PAIRS = "D7", "Приказ «О формировании наставнических пар (групп)»"
    FINAL_EVENT = "D8", "Приказ «О проведении итогового мероприятия»"
    PLAN_PAPER = "D9", "План"
    AGREEMENT = "D14", "Дополнительное соглашение к трудовому договору"
    CHANGE = "change", "Приказ о внесении изменений или об отмене"
    OTHER = "other", "Другой документ"


CHAIN = (
    Kind.IMPLEMENTATION,
    Kind.MINUTES,
    Kind.PLAN,
    Kind.REGULATION,
    Kind.REGULATION_ORDER,
    Kind.APPOINTMENT,
    Kind.PAIRS,
    Kind.FINAL_EVENT,
)


class Change(models.TextChoices):
    """What a paper does to the earlier one that it names."""

    REPLACES = "replaces", "заменяет"
    AMENDS = "amends", "вносит изменения"
    CANCELS = "cancels", "отменяет"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        school = self.filter(school_id=user.school_id)
        if user.is_any(Role.CURATOR, Role.DIRECTOR):
            return school
        if user.is_any(Role.EXPERT):
            # Terms of pay are no evidence of a programme.
            return school.registered().exclude(kind=Kind.AGREEMENT)
        return self.none()

    def managed_by(self, user: User):
        if user.is_authenticated and user.is_any(Role.CURATOR, Role.DIRECTOR):
            return self.filter(school_id=user.school_id)
        return self.none()

    def registered(self):
        return self.filter(state__in=Document.REGISTERED_STATES)

    def in_force(self):
        """Drafts and registered papers: all but those cancelled or replaced."""
        return self.filter(state__in=(*Document.OPEN_STATES, *Document.REGISTERED_STATES))


class Document(Record):
    """A paper of the school from its first draft on.

    ``facts`` holds what only this paper knows (a term, a responsible person, pairs left out);
    people and pairs stand in it as {"person": id} and {"pair": id}. ``edits`` are what a person
    changed in the text, block by block (``documents.editing``). ``changes`` is the earlier paper
    that this one replaces, amends or cancels. Once registered, number, date and issued files never
    change; scan, cancelling and replacing come after.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        FOR_SIGNATURE = "for_signature", "на подписи"
        REGISTERED = "registered", "зарегистрирован"
        SIGNED = "signed", "подписан"
        CANCELLED = "cancelled", "отменён"
        REPLACED = "replaced", "заменён"

    REGISTERED_STATES = (State.REGISTERED, State.SIGNED)
    OPEN_STATES = (State.DRAFT, State.FOR_SIGNATURE)

    school = models.ForeignKey(School, models.CASCADE, related_name="documents")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField("вид", max_length=10, choices=Kind)
    title = models.CharField("заголовок", max_length=300)
    state = models.CharField(max_length=15, choices=State, default=State.DRAFT)
    date = models.DateField("дата", null=True, blank=True)
    number = models.CharField("номер", max_length=50, blank=True)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    is_by_hand = models.BooleanField("зарегистрирован вручную", default=False)
    facts = models.JSONField(default=dict, blank=True)
    edits = models.JSONField(default=list, blank=True)
    changes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="changed_by"
    )
    change = models.CharField(max_length=10, choices=Change, blank=True)
    remark = models.CharField("замечание", max_length=500, blank=True)
    cancel_reason = models.CharField("причина отмены", max_length=300, blank=True)
    bases = models.ManyToManyField(
        "self", through="Basis", symmetrical=False, related_name="resting", blank=True
    )
    pairs = models.ManyToManyField(
        Pair, through="OrderedPair", related_name="documents", blank=True
    )
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    registered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    registered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "sequence"],
                name="number_once_a_series_and_year",
                violation_error_message="Документ с этим номером уже есть в журнале.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "for_signature"])
                | (Q(date__isnull=False) & ~Q(number="")),
                name="registered_has_date_and_number",
            ),
            models.CheckConstraint(
                condition=Q(number="") | ~Q(state__in=["draft", "for_signature"]),
                name="draft_has_no_number",
            ),
            models.CheckConstraint(
                condition=Q(changes__isnull=True, change="")
                | (Q(changes__isnull=False) & ~Q(change="")),
                name="change_names_what_it_changes",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.title} от {self.date:%d.%m.%Y} № {self.number}" if self.number else self.title
        )

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def is_issued(self) -> bool:
        """Whether it has ever been registered, in force or not."""
        return bool(self.number)

    @property
    def is_registered(self) -> bool:
        return self.state in self.REGISTERED_STATES

    def basis(self, kind: str) -> "Document | None":
        """The paper of ``kind`` this one rests on."""
        return next(
            (link.basis for link in self.basis_links.all() if link.basis.kind == kind), None
        )


class Basis(models.Model):
    """A paper rests on another one and cites its number and date."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="basis_links")
    basis = models.ForeignKey(Document, models.PROTECT, related_name="resting_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "basis"], name="basis_once"),
            models.CheckConstraint(
                condition=~Q(document=models.F("basis")), name="no_paper_rests_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ← {self.basis}"


class OrderedPair(models.Model):
    """A pair that a registered order D7 has formed."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="ordered_pairs")
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="ordered")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "pair"], name="pair_once_in_an_order")
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.pair}"


class NamedPerson(models.Model):
    """A person whom a registered order names in a role: appointed, thanked."""

    class Role(models.TextChoices):
        CURATOR = "curator", "куратор"
        MENTOR = "mentor", "наставник"
        AWARDED = "awarded", "поощрён"
        WORKER = "worker", "работник"

    document = models.ForeignKey(Document, models.CASCADE, related_name="named")
    person = models.ForeignKey(Person, models.PROTECT, related_name="named_in")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "person", "role"], name="named_once_in_a_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.person}, {self.get_role_display()}"


class Version(models.Model):
    """A text of a draft as it stood at a moment, to be compared with others."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    note = models.CharField("пометка", max_length=200, blank=True)
    content = models.TextField()
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "версия текста"
        verbose_name_plural = "версии текста"
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_once_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.document}, версия {self.number}"


class IssuedFile(models.Model):
    """What was issued at registration: the Paper as JSON, the DOCX, the PDF. Never changed.

    The bytes live in the database, so that a paper is either there whole or not at all.
    """

    class Format(models.TextChoices):
        JSON = "json"
        DOCX = "docx"
        PDF = "pdf"

    document = models.ForeignKey(Document, models.PROTECT, related_name="issued")
    format = models.CharField(max_length=4, choices=Format)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "format"], name="one_issue_a_format")
        ]

    def __str__(self) -> str:
        return f"{self.document}.{self.format}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise ValueError("Выданный документ не меняется.")
        self.content = bytes(self.content)
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        super().save(*args, **kwargs)


def scan_path(scan: "Scan", filename: str) -> str:
    return f"scans/{scan.uuid}.{scan.extension}"


class Scan(models.Model):
    """A scan of the signed paper: a PDF, JPEG or PNG, stored under a random name."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="scans")
    uuid = models.UUIDField(unique=True)
    extension = models.CharField(max_length=4)
    file = models.FileField(upload_to=scan_path, max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "скан"
        verbose_name_plural = "сканы"

    def __str__(self) -> str:
        return f"{self.document}, скан от {self.uploaded_at:%d.%m.%Y}"
