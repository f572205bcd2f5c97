"""The school, those who log in to the portal, and what each of them may do."""

import datetime
import hashlib
import secrets
from functools import cached_property

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.access import Role
from programmes.periods import Period
from programmes.text import Record

LINK_LIFETIME = datetime.timedelta(days=14)


class School(Record):
    """A school. Every other row of the portal hangs on one."""

    name = models.CharField(
        "полное наименование по уставу",
        max_length=500,
        help_text="Печатается в шапке приказов, например: Муниципальное бюджетное "
        "общеобразовательное учреждение «Средняя общеобразовательная школа № 94» г. Читы",
    )
    short_name = models.CharField(
        "сокращённое наименование",
        max_length=200,
        help_text="Например: МБОУ «СОШ № 94» г. Читы. Стоит в подписи директора.",
    )
    founder = models.CharField("учредитель", max_length=300, blank=True)
    place = models.CharField(
        "место составления документов", max_length=100, help_text="Например: г. Чита"
    )
    address = models.CharField("адрес", max_length=300, blank=True)
    site = models.URLField("адрес сайта", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "школа"
        verbose_name_plural = "школы"

    def __str__(self) -> str:
        return self.short_name

    def head_on(self, date: datetime.date) -> "Head | None":
        """Who leads the school on ``date``: an acting head comes before the one being replaced."""
        return (
            self.heads.ongoing_on(date)
            .select_related("person")
            .order_by("-is_acting", "-started_on")
            .first()
        )


class Head(Period):
    """Who leads the school between two dates, and signs its orders. Domain notes § 6.1, § 7."""

    school = models.ForeignKey(School, models.CASCADE, related_name="heads")
    person = models.ForeignKey(
        "programmes.Person", models.PROTECT, related_name="+", verbose_name="руководитель"
    )
    is_acting = models.BooleanField(
        "исполняет обязанности",
        default=False,
        help_text="Подпись: «Исполняющий обязанности директора».",
    )

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "руководитель школы"
        verbose_name_plural = "руководители школы"

    def __str__(self) -> str:
        return f"{self.person} с {self.started_on}"

    @classmethod
    @transaction.atomic
    def appoint(
        cls,
        school: School,
        person,
        started_on: datetime.date,
        is_acting: bool = False,
        ended_on: datetime.date | None = None,
    ) -> "Head":
        """Record a new head; the former one's period ends the day before, unless one only acts."""
        former = school.heads.filter(ended_on__isnull=True, is_acting=is_acting)
        for head in former.filter(started_on__lt=started_on):
            head.end(started_on - datetime.timedelta(days=1))
        former.filter(started_on__gte=started_on).delete()
        return cls.objects.create(
            school=school,
            person=person,
            started_on=started_on,
            is_acting=is_acting,
            ended_on=ended_on,
        )


class User(AbstractUser):
    """Somebody who logs in. Belongs to one school; stands for one of its people where known."""

    first_name = None
    last_name = None
    school = models.ForeignKey(School, models.CASCADE, related_name="users", null=True)
    person = models.OneToOneField(
        "programmes.Person", models.SET_NULL, null=True, blank=True, related_name="user"
    )
    title = models.CharField("имя на экране", max_length=200, blank=True)

    objects = UserManager()

    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return str(self.person) if self.person_id else self.title or self.username

    def get_short_name(self) -> str:
        return self.person.short_name if self.person_id else self.title or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles the user holds today."""
        return frozenset(
            Role(role) for role in self.grants.ongoing().values_list("role", flat=True)
        )

    @property
    def role_titles(self) -> list[str]:
        return [role.label for role in Role if role in self.roles]

    def is_any(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))

    @classmethod
    @transaction.atomic
    def join(cls, school: School, *, username, password, roles, person=None, title="") -> "User":
        """A new user of the school with these roles from today on."""
        user = cls(
            username=username,
            school=school,
            person=person,
            title=title,
            is_superuser=Role.ADMINISTRATOR in roles,
        )
        user.set_password(password)
        user.save()
        user.set_roles(set(roles))
        return user

    @transaction.atomic
    def set_roles(self, roles: set[Role]) -> None:
        """Hold exactly ``roles`` from today on; what is taken away stays in the history."""
        today = timezone.localdate()
        current = {grant.role: grant for grant in self.grants.filter(ended_on__isnull=True)}
        for role, grant in current.items():
            if role not in roles:
                yesterday = today - datetime.timedelta(days=1)
                if grant.started_on > yesterday:
                    grant.delete()
                else:
                    grant.end(yesterday)
        for role in roles - set(current):
            RoleGrant.objects.create(user=self, role=role, started_on=today)
        self.__dict__.pop("roles", None)


class RoleGrant(Period):
    """A role that a user holds between two dates."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField("роль", max_length=20, choices=Role)

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "роль пользователя"
        verbose_name_plural = "роли пользователей"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_on__isnull=True),
                name="one_open_grant_of_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class LinkQuerySet(models.QuerySet):
    def usable(self):
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now())

    def find(self, token: str) -> "AccessLink | None":
        """The link that ``token`` opens, or None when it is unknown, used or expired."""
        return self.usable().filter(token_hash=hash_token(token)).first()


class AccessLink(Record):
    """A personal link of 14 days: makes a user, or lets one choose a new password (SEC 05).

    The token is shown once; only its hash is stored.
    """

    class Purpose(models.TextChoices):
        INVITATION = "invitation", "приглашение"
        PASSWORD = "password", "новый пароль"

    school = models.ForeignKey(School, models.CASCADE, related_name="links", null=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="links")
    person = models.ForeignKey("programmes.Person", models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    roles = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "личная ссылка"
        verbose_name_plural = "личные ссылки"

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} № {self.pk}"

    @classmethod
    def issue(cls, purpose: str, **fields) -> tuple["AccessLink", str]:
        """Make a link and return it with its token; an earlier unused one of the same user ends."""
        token = secrets.token_urlsafe(32)
        if fields.get("user"):
            cls.objects.usable().filter(user=fields["user"], purpose=purpose).delete()
        link = cls.objects.create(
            purpose=purpose,
            token_hash=hash_token(token),
            expires_at=timezone.now() + LINK_LIFETIME,
            **fields,
        )
        return link, token


class FailedLink(models.Model):
    """A try to open something secret that does not exist; too many from one address are refused.

    Each kind of secret is counted apart: who guesses certificates locks nobody out of invitations.
    """

    class Of(models.TextChoices):
        LINK = "link", "личная ссылка"
        CERTIFICATE = "certificate", "сертификат"
        CALENDAR = "calendar", "ссылка на календарь"

    LIMIT = 30
    WINDOW = datetime.timedelta(minutes=15)

    of = models.CharField(max_length=11, choices=Of, default=Of.LINK)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.at}"

    @classmethod
    def is_blocked(cls, address: str, of: str = Of.LINK) -> bool:
        since = timezone.now() - cls.WINDOW
        tries = cls.objects.filter(of=of, address=address or None, at__gt=since)
        return tries.count() >= cls.LIMIT
