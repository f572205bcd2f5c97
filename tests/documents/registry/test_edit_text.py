"""The text of a draft, block by block: nothing typed is lost, and the data still fill the rest."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from documents.models import Document
from documents.registry import editor, issuing, text
from mentorship_portal import transfer
from programmes.access import Role
from tests import recipes
from tests.documents.registry import chain
from tests.documents.registry.chain import page_text, plain, printed


@pytest.fixture
def draft(curator, ready) -> Document:
    """D7 on a registered plan, ready to be registered."""
    plan = {"kind": "D3", "title": "", "date": "2026-10-15", "number": "163-од"}
    curator.post(reverse("document-by-hand"), plan)
    return chain.filled(curator, ready, "D7")


def blocks(client, document, chosen: str = "") -> dict:
    page = client.get(reverse("document-text", args=[document.pk]), {"block": chosen})
    return {block.id: block for block in page.context["blocks"]}


def opened(client, document, block: str) -> dict:
    """What the form of a block sends back when nobody has touched it."""
    document = Document.objects.get(pk=document.pk)
    return {
        "block": block,
        "version": document.version,
        "seen": blocks(client, document)[block].text,
        "do": "change",
    }


def edit(client, document, block: str, **data):
    form = {"block": block, "version": Document.objects.get(pk=document.pk).version}
    return client.post(reverse("document-text", args=[document.pk]), form | data)


def change(client, document, block: str, words: str):
    form = opened(client, document, block) | {"text": words}
    return client.post(reverse("document-text", args=[document.pk]), form)


def test_changed_clause_prints_and_the_rest_follows_the_data(curator, draft):
    before = printed(draft)
    new = "Отслеживать реализацию плана дорожной карты ежемесячно."

    assert change(curator, draft, "curator-plan", new).status_code == 302

    after = printed(draft)
    assert f"2.2. {new}" in after
    assert set(before.splitlines()) - set(after.splitlines()) == {
        "2.2. Отслеживать реализацию плана дорожной карты."
    }


def test_names_inside_an_edited_text_follow_the_data(curator, draft):
    old = blocks(curator, draft)["curator"].text
    change(curator, draft, "curator", f"С 10 ноября 2026 г. {old}")
    person = draft.programme.curators.get().person
    person.patronymic = "Семёнович"
    person.save()

    assert "С 10 ноября 2026 г. Куратору" in printed(draft)
    assert "Семёновичу" in printed(draft)


def test_same_text_is_no_edit(curator, draft):
    old = blocks(curator, draft)["curator-plan"].text

    assert change(curator, draft, "curator-plan", old).status_code == 302

    draft.refresh_from_db()
    assert draft.edits == []


def test_second_click_stores_once(curator, draft):
    form = opened(curator, draft, "curator-plan") | {"text": "Отслеживать план."}
    address = reverse("document-text", args=[draft.pk])

    assert [curator.post(address, form).status_code for _ in range(2)] == [302, 302]

    draft.refresh_from_db()
    assert len(draft.edits) == 1


def test_added_clause_is_numbered(curator, draft):
    answer = edit(curator, draft, "curator", do="add", kind="clause", text="Провести собрание пар.")

    assert answer.status_code == 302
    words = printed(draft)
    assert "\n3. Провести собрание пар.\n" in words
    assert "\n4. Контроль за исполнением" in words


def test_references_follow_the_numbers(curator, draft):
    change(curator, draft, "control", "Контроль за исполнением пункта 2 оставляю за собой.")

    edit(curator, draft, "pairs", do="add", kind="clause", text="Провести собрание пар.")

    words = printed(draft)
    assert "\n2. Провести собрание пар.\n" in words
    assert "4. Контроль за исполнением пункта 3 оставляю за собой." in words


def test_removed_block_comes_back(curator, draft):
    assert edit(curator, draft, "curator-plan", do="remove").status_code == 302
    words = printed(draft)
    assert "Отслеживать реализацию" not in words
    assert "2.2. Отчитываться" in words
    page = curator.get(reverse("document-text", args=[draft.pk]))
    assert [gone.block for gone in page.context["removed"]] == ["curator-plan"]

    edit(curator, draft, "curator-plan", do="restore")

    assert "2.2. Отслеживать реализацию" in printed(draft)


def test_moved_block_changes_its_number(curator, draft):
    assert edit(curator, draft, "curator-report", do="up").status_code == 302
    assert "2.2. Отчитываться" in printed(draft)

    edit(curator, draft, "curator-report", do="down")

    draft.refresh_from_db()
    assert "2.3. Отчитываться" in printed(draft) and draft.edits == []


def test_all_edits_go_at_once_and_stay_as_a_version(curator, draft):
    change(curator, draft, "curator-plan", "Отслеживать план.")

    assert edit(curator, draft, "", do="reset").status_code == 302

    draft.refresh_from_db()
    assert draft.edits == []
    assert "Отслеживать план." in draft.versions.get().content


def test_table_is_edited_by_cells(curator, ready):
    plan = chain.start(curator, ready, "D9")
    table = next(b for b in blocks(curator, plan).values() if b.kind == "table")
    cells = curator.get(reverse("document-text", args=[plan.pk]), {"block": table.id}).context[
        "cells"
    ]
    columns = len(cells[0])
    data = {"do": "table", "seen": table.text, "columns": columns}
    typed = [*cells[0][:-1], "протокол, фото", *["Новая строка"] * columns, *[""] * columns]

    assert edit(curator, plan, table.id, cell=typed, **data).status_code == 302

    words = printed(plan)
    assert "протокол, фото" in words and words.count("Новая строка") == columns


def test_emptied_table_is_refused(curator, ready):
    plan = chain.start(curator, ready, "D9")
    table = next(b for b in blocks(curator, plan).values() if b.kind == "table")

    answer = edit(curator, plan, table.id, do="table", seen=table.text, columns=5, cell=[""] * 5)

    assert answer.status_code == 422
    plan.refresh_from_db()
    assert plan.edits == []


def test_typed_cells_stay_when_somebody_else_was_first(curator, client_of, ready):
    plan = chain.start(curator, ready, "D9")
    table = next(b for b in blocks(curator, plan).values() if b.kind == "table")
    page = curator.get(reverse("document-text", args=[plan.pk]), {"block": table.id})
    row = page.context["cells"][0]
    form = opened(curator, plan, table.id) | {"do": "table", "columns": len(row)}
    address = reverse("document-text", args=[plan.pk])
    assert curator.post(address, form | {"cell": [*row[:-1], "первый"]}).status_code == 302

    stale = client_of(Role.CURATOR).post(address, form | {"cell": [*row[:-1], "второй"]})

    assert stale.status_code == 409
    page = page_text(stale)
    assert ">второй</textarea>" in page and "первый" in page
    assert "второй" not in printed(plan)


@pytest.mark.parametrize("words", ["", "   ", "\ufeff\n\u00a0"])
def test_emptied_clause_is_refused(curator, draft, words):
    answer = change(curator, draft, "curator-plan", words)

    assert answer.status_code == 422
    assert "Чтобы убрать пункт, нажмите «Убрать»" in page_text(answer)
    draft.refresh_from_db()
    assert draft.edits == []


def test_emptied_addition_is_refused(curator, draft):
    answer = edit(curator, draft, "curator", do="add", kind="item", text=" ")

    assert answer.status_code == 422
    assert '<option value="item" selected>' in page_text(answer)
    draft.refresh_from_db()
    assert draft.edits == []


# A changed fact under an edited block


@pytest.fixture
def stale(curator, draft) -> Document:
    """The curator's clause is edited by hand; then the curator gets another name."""
    change(curator, draft, "curator", "Куратору программы:")
    person = draft.programme.curators.get().person
    person.surname = "Белых"
    person.save()
    return Document.objects.get(pk=draft.pk)


def test_changed_fact_shows_both_texts(curator, stale):
    page = plain(page_text(curator.get(reverse("document-text", args=[stale.pk]))))

    assert "Данные изменились." in page
    assert "По данным теперь: Куратору наставнических пар Белых Андрею Саввичу" in page
    assert "Раньше было: Куратору наставнических пар Черных Андрею Саввичу" in page
    assert "Куратору программы:" in page


def test_order_with_an_unsettled_edit_is_not_registered(curator, stale):
    answer = chain.press(curator, "register", stale)

    assert answer.status_code == 422
    assert "Данные изменились под правкой" in page_text(answer)
    stale.refresh_from_db()
    assert stale.is_open


@pytest.mark.parametrize(
    ("deed", "words"),
    [("keep", "Куратору программы:"), ("restore", "Куратору наставнических пар Белых")],
)
def test_settled_edit_lets_the_order_be_registered(curator, stale, deed, words):
    assert edit(curator, stale, "curator", do=deed).status_code == 302

    assert chain.press(curator, "register", stale).status_code == 302
    assert f"2. {words}" in printed(stale)


def test_fact_changed_while_the_form_was_open_is_shown(curator, draft):
    form = opened(curator, draft, "curator") | {"text": "Куратору Черных Андрею Саввичу лично:"}
    person = draft.programme.curators.get().person
    person.surname = "Белых"
    person.save()

    answer = curator.post(reverse("document-text", args=[draft.pk]), form)

    assert answer.status_code == 409
    assert "Белых Андрею" in plain(answer.context["now"])
    assert "лично:" in page_text(answer)
    draft.refresh_from_db()
    assert draft.edits == []


# Two editors


def test_two_editors_of_different_blocks_both_store(curator, client_of, draft):
    other = client_of(Role.DIRECTOR)
    first = opened(curator, draft, "curator-plan") | {"text": "Отслеживать план."}
    second = opened(other, draft, "control") | {"text": "Контроль оставляю за собой."}
    address = reverse("document-text", args=[draft.pk])

    assert curator.post(address, first).status_code == 302
    assert other.post(address, second).status_code == 302

    words = printed(draft)
    assert "2.2. Отслеживать план." in words and "3. Контроль оставляю за собой." in words


def test_two_editors_of_one_block(curator, client_of, draft):
    other = client_of(Role.DIRECTOR)
    form = opened(curator, draft, "control")
    address = reverse("document-text", args=[draft.pk])
    curator.post(address, form | {"text": "Контроль за собой."})

    answer = other.post(address, form | {"text": "Контроль возложить на заместителя."})

    assert answer.status_code == 409
    page = page_text(answer)
    assert "Сейчас в документе:</strong> Контроль за собой." in page
    assert ">Контроль возложить на заместителя.</textarea>" in page
    assert "3. Контроль за собой." in printed(draft)

    again = opened(other, draft, "control") | {"text": "Контроль возложить на заместителя."}
    assert again["seen"] == answer.context["now"]
    assert other.post(address, again).status_code == 302
    assert "3. Контроль возложить на заместителя." in printed(draft)


def test_a_draft_read_before_somebody_else_stored_is_no_conflict(rf, curator, draft):
    """It is read anew under its lock, so that deeds at the same moment all count."""
    user = recipes.user(draft.school, Role.CURATOR)
    pairs = [block for block in blocks(curator, draft) if block.startswith("pair-")]
    for number, block in enumerate(pairs):
        request = rf.post("/", {"do": "add", "kind": "item", "text": f"форма {number}"})
        request.user = user
        assert editor.do(request, draft, block) == block

    stored = Document.objects.get(pk=draft.pk).edits
    assert len(pairs) > 1 and draft.edits == []
    assert [edit["words"] for edit in stored] == [[f"форма {n}"] for n in range(len(pairs))]


@pytest.mark.django_db(transaction=True)
def test_sixteen_additions_at_once_are_all_stored(client_of, curator, draft):
    if connection.vendor != "postgresql":
        pytest.skip("The test database of SQLite is one connection: nothing happens at once there")
    names = list(blocks(curator, draft))
    places = [block for block in names if block.startswith(("pair", "curator", "control"))]
    clients = [client_of(Role.CURATOR) for _ in range(16)]

    def add(number: int) -> int:
        try:
            block = places[number % len(places)]
            return edit(
                clients[number], draft, block, do="add", kind="paragraph", text=f"Строка {number}."
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(add, range(16))) == [302] * 16
    words = printed(draft)
    assert all(f"Строка {number}." in words for number in range(16))


def test_draft_thrown_away_meanwhile_is_not_found(monkeypatch, curator, draft):
    managed = editor.managed

    def managed_then_deleted(request, pk):
        document = managed(request, pk)
        Document.objects.filter(pk=pk).delete()
        return document

    form = opened(curator, draft, "control") | {"text": "Контроль за собой."}
    monkeypatch.setattr(editor, "managed", managed_then_deleted)

    assert curator.post(reverse("document-text", args=[draft.pk]), form).status_code == 404


# Too much


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("строка\n" * 10_000, "Не больше 200 строк за раз."),
        ("а" * 6001, "Текст длиннее 6000 знаков: разделите его на пункты."),
    ],
)
def test_too_much_text_is_refused_and_stays_in_its_field(curator, draft, typed, words):
    added = edit(curator, draft, "control", do="add", kind="clause", text=typed)
    changed = change(curator, draft, "control", typed)

    for answer in (added, changed):
        assert answer.status_code == 422
        page = page_text(answer)
        assert words in page and f">{typed}</textarea>" in page
    draft.refresh_from_db()
    assert draft.edits == []


def test_the_thousandth_edit_is_the_last(curator, draft):
    for _ in range(5):
        edit(curator, draft, "control", do="add", kind="clause", text="строка\n" * 200)

    answer = edit(curator, draft, "control", do="add", kind="clause", text="Ещё.")

    assert answer.status_code == 422
    page = page_text(answer)
    assert "В одном документе не больше 1000 правок." in page and ">Ещё.</textarea>" in page
    draft.refresh_from_db()
    assert len(draft.edits) == 1000


def test_too_long_a_cell_stays_in_the_table(curator, ready):
    plan = chain.start(curator, ready, "D9")
    table = next(b for b in blocks(curator, plan).values() if b.kind == "table")
    page = curator.get(reverse("document-text", args=[plan.pk]), {"block": table.id})
    row = [*page.context["cells"][0][:-1], "а" * 2001]

    answer = edit(curator, plan, table.id, do="table", seen=table.text, columns=len(row), cell=row)

    assert answer.status_code == 422
    page = page_text(answer)
    assert "Текст в клетке длиннее 2000 знаков" in page and f">{row[-1]}</textarea>" in page


def test_a_seen_text_of_any_length_is_another_text(curator, draft):
    form = opened(curator, draft, "control") | {"text": "Контроль за собой."}
    form["seen"] += "\n" * 100_000

    assert curator.post(reverse("document-text", args=[draft.pk]), form).status_code == 409


def test_text_typed_for_a_block_that_is_gone_stays_on_the_page(curator, client_of, draft):
    form = opened(curator, draft, "curator-plan") | {"text": "Отслеживать план еженедельно."}
    edit(client_of(Role.DIRECTOR), draft, "curator-plan", do="remove")

    answer = curator.post(reverse("document-text", args=[draft.pk]), form)

    assert answer.status_code == 422
    assert "Отслеживать план еженедельно.</textarea>" in page_text(answer)


@pytest.mark.parametrize(
    "data",
    [
        {"do": "change", "block": "nothing", "text": "Слова"},
        {"do": "up", "block": "nothing"},
        {"do": "fly", "block": "control"},
        {"do": "add", "kind": "table", "block": "control", "text": "Слова"},
        {"do": "remove", "block": "subject"},
        {},
    ],
)
def test_odd_deeds_change_nothing(curator, draft, data):
    answer = curator.post(reverse("document-text", args=[draft.pk]), data)

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.edits == []


# Afterwards


def test_registered_paper_is_not_edited(curator, draft):
    form = opened(curator, draft, "control") | {"text": "Контроль за собой."}
    assert chain.press(curator, "register", draft).status_code == 302

    assert curator.post(reverse("document-text", args=[draft.pk]), form).status_code == 404
    draft.refresh_from_db()
    assert draft.edits == []


def test_edits_survive_dump_and_load(curator, draft):
    change(curator, draft, "control", "Контроль за исполнением пункта 2 оставляю за собой.")
    edit(curator, draft, "pairs", do="add", kind="clause", text="Провести собрание пар.")
    edit(curator, draft, "curator-plan", do="remove")
    pair = next(block for block in blocks(curator, draft) if block.startswith("pair-"))
    for block, words in (("curator", "С 10 ноября 2026 г. {}"), (pair, "лучшая пара: {}")):
        old = blocks(curator, draft)[block].text
        change(curator, draft, block, words.format(old))

    copy = transfer.load(json.loads(json.dumps(transfer.dump(draft.school))))

    loaded = copy.documents.get(kind="D7")
    assert printed(loaded) == printed(draft)
    outcome = text.edited(loaded)
    assert not outcome.lost and not any(d.is_stale for d in outcome.changed.values())
    person = loaded.programme.curators.get().person
    person.surname = "Белых"
    person.save()
    assert "Белых Андрею Саввичу" in printed(loaded)
    assert "Белых" not in printed(draft)


def test_edited_table_survives_dump_and_load(curator, ready):
    plan = chain.start(curator, ready, "D9")
    table = next(b for b in blocks(curator, plan).values() if b.kind == "table")
    page = curator.get(reverse("document-text", args=[plan.pk]), {"block": table.id})
    row = page.context["cells"][0]
    form = {"do": "table", "seen": table.text, "columns": len(row)}
    edit(curator, plan, table.id, cell=[*row[:-1], "протокол, фото"], **form)

    copy = transfer.load(json.loads(json.dumps(transfer.dump(plan.school))))

    loaded = copy.documents.get(kind="D9")
    assert printed(loaded) == printed(plan) and not text.edited(loaded).lost
    item = loaded.programme.plan_items.get()
    item.title = "Совет"
    item.save()
    assert "Совет" in printed(loaded) and "протокол, фото" in printed(loaded)


def test_edited_order_prints_its_edits_when_registered(curator, draft):
    change(curator, draft, "curator-plan", "Отслеживать план.")
    issuing.register(Document.objects.get(pk=draft.pk), None)

    assert "2.2. Отслеживать план." in printed(draft)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.MENTOR, Role.EXPERT, Role.ADMINISTRATOR])
def test_others_cannot_edit(client_of, curator, draft, role):
    form = opened(curator, draft, "control") | {"text": "Контроль за собой."}

    answer = client_of(role).post(reverse("document-text", args=[draft.pk]), form)

    assert answer.status_code == 403


def test_another_school_cannot_edit(stranger, curator, draft):
    form = opened(curator, draft, "control") | {"text": "Контроль за собой."}
    address = reverse("document-text", args=[draft.pk])

    assert stranger.post(address, form).status_code == 404
    assert stranger.get(address).status_code == 404
    draft.refresh_from_db()
    assert draft.edits == []
