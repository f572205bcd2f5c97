"""«Правила документов» and «Правовые ссылки»: chosen by the school, read by its drafts."""

import datetime

import pytest
from django.urls import reverse

from documents.kinds.facts import HeardCase
from documents.kinds.order import INSTRUCTION_CONTROL, STANDARD_CONTROL
from documents.models import LegalReference, PaperSettings
from documents.registry import life, text
from documents.registry.models import Kind
from documents.render.text import render_text
from documents.wording import plain
from programmes.access import Role
from tests import recipes

SETTINGS = reverse("paper-settings")
REFERENCES = reverse("legal-references")
NEW = reverse("legal-reference-new")

INSTRUCTION = {
    "control": "instruction",
    "has_regulation_term": "True",
    "is_minutes_title_split": "False",
    "heard_case": "accusative",
    "quorum_percent": "50",
    "list_above": "15",
}
OTHERS = {
    "control": "standard",
    "has_regulation_term": "False",
    "is_minutes_title_split": "True",
    "heard_case": "nominative",
    "quorum_percent": "66",
    "list_above": "3",
}


@pytest.fixture
def director(client_of):
    return client_of(Role.DIRECTOR)


def version_on(client, address: str) -> str:
    return client.get(address).context["form"]["version"].value()


def store(client, **data):
    return client.post(SETTINGS, OTHERS | {"version": version_on(client, SETTINGS)} | data)


def words_of(document) -> str:
    return plain(render_text(text.paper_of(document)))


# Wordings


def test_a_school_that_chose_nothing_has_the_instruction_and_no_row(director, school):
    response = director.get(SETTINGS)

    assert response.status_code == 200
    assert {name: str(response.context["form"][name].value()) for name in INSTRUCTION} == (
        INSTRUCTION
    )
    page = response.content.decode()
    assert page.count("Как в инструкции") >= 3
    assert INSTRUCTION_CONTROL in page and STANDARD_CONTROL in page
    assert "Вернуть формулировки инструкции" not in page
    assert not PaperSettings.objects.exists()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR])
def test_choices_are_stored(client_of, school, role):
    client = client_of(role)

    assert store(client).status_code == 302

    stored = PaperSettings.objects.get(school=school)
    assert {name: str(getattr(stored, name)) for name in OTHERS} == OTHERS
    assert stored.history.get().history_user is not None


def test_sent_twice_it_is_one_row(director):
    version = version_on(director, SETTINGS)
    for _ in range(2):
        director.post(SETTINGS, OTHERS | {"version": version})

    assert PaperSettings.objects.get().quorum_percent == 66


@pytest.mark.parametrize(
    ("field", "value"),
    [("quorum_percent", "100"), ("quorum_percent", "-1"), ("quorum_percent", "")]
    + [("list_above", "0"), ("list_above", "40000"), ("control", "иначе"), ("heard_case", "")]
    + [("has_regulation_term", "да"), ("is_minutes_title_split", "")],
)
def test_wrong_answers_are_refused_in_words(director, field, value):
    response = store(director, **{field: value})

    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert not PaperSettings.objects.exists()


def test_somebody_elses_change_meanwhile_is_shown_not_overwritten(director, client_of, school):
    version = version_on(director, SETTINGS)
    store(client_of(Role.ADMINISTRATOR, title="Завуч Петрова"), quorum_percent="75")

    response = director.post(SETTINGS, INSTRUCTION | {"version": version})

    page = response.content.decode()
    assert response.status_code == 409
    assert "данные изменились" in page and "Завуч Петрова" in page
    assert "Кворум: присутствует больше, %: сохранено 75" in page
    assert "Докладчик после слова СЛУШАЛИ: сохранено Кто:" in page
    assert "Пункт об утверждении Положения: сохранено Без срока" in page
    assert PaperSettings.objects.get().quorum_percent == 75
    again = response.context["form"]["version"].value()
    assert director.post(SETTINGS, INSTRUCTION | {"version": again}).status_code == 302
    assert PaperSettings.objects.get().quorum_percent == 50


def test_back_to_the_instruction_keeps_quorum_and_lists(director, school):
    store(director)
    assert "Вернуть формулировки инструкции" in director.get(SETTINGS).content.decode()

    for _ in range(2):
        assert director.post(reverse("paper-settings-reset")).status_code == 302

    stored = PaperSettings.objects.get()
    kept = {"quorum_percent": "66", "list_above": "3"}
    assert {name: str(getattr(stored, name)) for name in OTHERS} == INSTRUCTION | kept


def test_back_to_the_instruction_writes_nothing_where_nothing_was_chosen(director):
    director.post(reverse("paper-settings-reset"))

    assert not PaperSettings.objects.exists()


@pytest.mark.parametrize("role", [Role.CURATOR, Role.TEACHER, Role.EXPERT])
def test_others_may_not(client_of, role):
    client = client_of(role)
    for address in (SETTINGS, REFERENCES, NEW):
        assert client.get(address).status_code == 403
    assert client.post(SETTINGS, OTHERS).status_code == 403
    assert client.post(reverse("paper-settings-reset")).status_code == 403
    assert not PaperSettings.objects.exists()


def test_another_school_keeps_its_own(director, client_of):
    other = recipes.make_school(short_name="Другая")
    store(director)
    client = client_of(Role.DIRECTOR, school=other)

    assert client.get(SETTINGS).context["form"]["quorum_percent"].value() == 50
    client.post(reverse("paper-settings-reset"))
    assert PaperSettings.objects.get().control == "standard"


def test_the_settings_of_the_school_lead_here(director):
    page = director.get(reverse("school-settings")).content.decode()

    for address in (SETTINGS, REFERENCES, reverse("letterhead")):
        assert f'href="{address}"' in page
        assert f'href="{reverse("school-settings")}"' in director.get(address).content.decode()


# What drafts make of it


def test_k13_control_changes_the_drafts(director, programme):
    draft = life.open_draft(programme, Kind.IMPLEMENTATION, None)
    assert INSTRUCTION_CONTROL in words_of(draft)

    store(director)

    assert STANDARD_CONTROL in words_of(draft) and INSTRUCTION_CONTROL not in words_of(draft)


def test_k14_term_changes_the_drafts(director, programme):
    draft = life.open_draft(programme, Kind.REGULATION_ORDER, None)
    assert "в срок до" in words_of(draft)

    store(director)

    assert "Утвердить положение о наставничестве (приложение)." in words_of(draft)


def test_k15_title_and_heard_change_the_drafts(director, school, programme):
    speaker = recipes.teacher(school, "Доржиева Сэсэг Бадмаевна", gender="f")
    recipes.group_member(programme, speaker, is_leader=True)
    draft = life.open_draft(programme, Kind.MINUTES, None)
    draft.date = datetime.date(2026, 10, 9)
    draft.save()
    for title, case in (
        ("Протокол заседания Педагогического совета", HeardCase.ACCUSATIVE),
        ("ПРОТОКОЛ", HeardCase.NOMINATIVE),
    ):
        words = words_of(draft)
        assert title in words
        assert f"{speaker.name_in(case.value)}. О" in words
        store(director)


# Legal references

TEXTS = {
    "code": "mentoring",
    "nominative": "статья 400 Трудового кодекса",
    "instrumental": "статьей 400 Трудового кодекса",
    "valid_from": "2026-09-01",
}


def reference(school, **fields) -> LegalReference:
    return LegalReference.objects.create(school=school, **(TEXTS | fields))


def test_defaults_hold_until_a_school_writes_its_own(director):
    page = director.get(REFERENCES).content.decode()

    assert "статья 351.8 Трудового кодекса Российской Федерации" in page
    assert "статьями 60.2, 72, 151 Трудового кодекса Российской Федерации" in page
    assert "01.03.2025" in page
    assert page.count("по умолчанию") == page.count(">действует<") == 2
    assert "Положение о наставничестве, п. 2.9" in page
    assert "дополнительный пункт" in page
    assert page.count("ополнительное соглашение с") == 2
    assert not LegalReference.objects.exists()


def test_a_wording_is_written_once(director, school):
    assert director.get(f"{NEW}?code=extra-work").context["form"]["code"].value() == "extra-work"
    for _ in range(2):
        response = director.post(NEW, TEXTS | {"nominative": "  статья 400\tТрудового кодекса. "})
        assert response.status_code == 302

    row = LegalReference.objects.get()
    assert (row.school, row.nominative) == (school, "статья 400 Трудового кодекса")
    assert row.history.get().history_user is not None


def test_order_of_wordings_round_today(director, school):
    today = datetime.date.today()
    for days, words in ((-400, "давняя"), (-10, "нынешняя"), (10, "будущая")):
        reference(school, nominative=words, valid_from=today + datetime.timedelta(days))

    (act, other) = director.get(REFERENCES).context["acts"]

    assert act.now.nominative == "нынешняя"
    assert [row.nominative for row in (*act.later, *act.earlier)] == ["будущая", "давняя"]
    assert (other.now, other.later, other.earlier) == (None, [], [])


def test_a_date_twice_is_refused_in_words(director, school):
    reference(school)

    response = director.post(NEW, TEXTS | {"nominative": "статья 401"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "С 01.09.2026 уже записано: «статья 400 Трудового кодекса»" in page
    assert LegalReference.objects.count() == 1
    assert director.post(NEW, TEXTS | {"code": "extra-work"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("valid_from", "1026-09-01", "Проверьте год"),
        ("nominative", " . ", "Напишите, как называется"),
        ("nominative", "а" * 301, "300"),
        ("instrumental", "со статьей 400", "Уберите предлог"),
        ("instrumental", "в соответствии с приказом", "Уберите предлог"),
        ("code", "other", "Выберите"),
    ],
)
def test_wrong_wordings(director, field, value, words):
    response = director.post(NEW, TEXTS | {field: value})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not LegalReference.objects.exists()


def test_a_wording_is_corrected(director, school):
    row = reference(school)
    address = reverse("legal-reference-edit", args=[row.pk])
    version = version_on(director, address)

    response = director.post(address, TEXTS | {"nominative": "статья 402", "version": version})

    assert response.status_code == 302
    row.refresh_from_db()
    assert row.nominative == "статья 402"
    stale = director.post(address, TEXTS | {"version": version})
    assert stale.status_code == 409
    assert "Как называется (что?): сохранено статья 402" in stale.content.decode()
    row.refresh_from_db()
    assert row.nominative == "статья 402"


def test_a_corrected_date_must_be_free(director, school):
    reference(school)
    row = reference(school, valid_from="2027-01-01")
    address = reverse("legal-reference-edit", args=[row.pk])

    response = director.post(address, TEXTS | {"version": version_on(director, address)})

    assert response.status_code == 422
    assert "уже записано" in response.content.decode()


def test_a_wording_is_deleted_and_the_default_holds_again(director, school):
    row = reference(school)

    assert director.post(reverse("legal-reference-delete", args=[row.pk])).status_code == 302

    assert not LegalReference.objects.exists()
    assert director.get(REFERENCES).context["acts"][0].now is None


def test_another_school_does_not_reach_it(client_of, school):
    row = reference(school)
    client = client_of(Role.DIRECTOR, school=recipes.make_school(short_name="Другая"))

    assert client.get(reverse("legal-reference-edit", args=[row.pk])).status_code == 404
    assert client.post(reverse("legal-reference-edit", args=[row.pk]), TEXTS).status_code == 404
    assert client.post(reverse("legal-reference-delete", args=[row.pk])).status_code == 404
    assert "статья 400" not in client.get(REFERENCES).content.decode()
    assert LegalReference.objects.get() == row
    assert client.post(NEW, TEXTS).status_code == 302


def test_the_regulation_names_what_holds_on_its_day(director, programme):
    draft = life.open_draft(programme, Kind.REGULATION, None)
    director.post(NEW, TEXTS | {"valid_from": "2026-10-10"})

    for day, words in ((9, "статьей 351.8 Трудового кодекса"), (10, "статьей 400 Трудового")):
        draft.date = datetime.date(2026, 10, day)
        draft.save()
        (line,) = (line for line in words_of(draft).splitlines() if words in line)
        assert line.startswith("2.9. ")
