"""Long work in the background: asked once, made once, cancelled, taken up after a kill."""

import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documents.exports import work
from documents.exports.models import Export
from documents.registry import life
from documents.registry.models import Kind
from programmes.access import Role
from tests import recipes


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def address(programme):
    recipes.confirmed_pair(programme)
    return reverse("agreements-pdf", args=[programme.pk])


def ask(client, address):
    return client.post(reverse("export-ask"), {"address": address})


def make_next() -> Export:
    export = work.take_up()
    work.make(export)
    export.refresh_from_db()
    return export


def test_a_file_is_asked_for_made_and_taken(curator, address):
    for _ in range(2):
        assert ask(curator, address).url == reverse("export-list")
    assert Export.objects.count() == 1

    export = make_next()

    assert export.is_done and export.size == export.path.stat().st_size
    assert (export.path.stat().st_mode & 0o777) == 0o600
    answer = curator.get(reverse("export-file", args=[export.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Security-Policy"] == "sandbox"
    assert "attachment" in answer["Content-Disposition"]
    assert "готово" in curator.get(reverse("export-list")).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/people/", "https://example.org/", "/no/such/page/", "//host/documents/", "", "//[", "/\0"],
)
def test_only_files_of_the_portal_are_asked_for(curator, programme, address):
    assert ask(curator, address).status_code == 422
    assert not Export.objects.exists()


def test_spaces_around_an_address_make_no_other_wish(curator, address):
    for asked in (address, f" {address} ", f"{address}\x00"):
        assert ask(curator, asked).status_code == 302

    assert Export.objects.get().address == address


def test_too_long_a_choice_of_people_is_told_what_to_do(curator, programme):
    url = reverse("consent-print", args=[programme.pk])

    answer = ask(curator, f"{url}?{'people=123456&' * 200}")

    assert answer.status_code == 422
    assert "Выберите класс" in answer.content.decode()


def test_the_title_says_which_file_it_is(curator, programme):
    recipes.head_of(programme.school)
    course = recipes.own_course(programme)
    foreign = recipes.own_course(recipes.make_programme(recipes.make_school()))
    for one in (course, foreign):
        ask(curator, reverse("certificates-pdf", args=[one.programme_id, one.pk]))
    consents = reverse("consent-print", args=[programme.pk])
    ask(curator, f"{consents}?class=7 «А»&only=missing")

    assert list(Export.objects.order_by("pk").values_list("title", flat=True)) == [
        f"Сертификаты курса, PDF: {course.title}",
        "Сертификаты курса, PDF",
        "Согласия, PDF: 7 «А», недостающие",
    ]


def test_nobody_asks_for_what_the_role_does_not_open(client_of, address):
    assert ask(client_of(Role.TEACHER), address).status_code == 422
    assert not Export.objects.exists()


def test_rights_taken_meanwhile_give_no_file(curator, school, address):
    ask(curator, address)
    export = Export.objects.get()
    export.user.grants.all().delete()

    export = make_next()

    assert export.state == Export.State.FAILED and "Права изменились" in export.error
    assert not (settings.DATA_DIR / "exports").exists()


def test_a_foreign_programme_gives_no_file(curator):
    foreign = recipes.make_programme(recipes.make_school(short_name="Другая"))
    recipes.confirmed_pair(foreign)
    ask(curator, reverse("agreements-pdf", args=[foreign.pk]))

    assert make_next().state == Export.State.FAILED


def test_everybody_sees_only_own_ones(curator, client_of, address):
    ask(curator, address)
    export = make_next()
    other = client_of(Role.CURATOR)

    assert "Соглашения, PDF" not in other.get(reverse("export-list")).content.decode()
    for name in ("export-file", "export-again", "export-delete", "export-cancel"):
        method = other.get if name == "export-file" else other.post
        assert method(reverse(name, args=[export.pk])).status_code == 404
    assert Export.objects.count() == 1


def test_a_cancelled_one_stores_nothing_though_the_work_ends(curator, address):
    ask(curator, address)
    export = work.take_up()
    curator.post(reverse("export-cancel", args=[export.pk]))

    work.make(export)

    export.refresh_from_db()
    assert export.state == Export.State.CANCELLED and not export.file
    assert not list((settings.DATA_DIR / "exports").glob("*"))


def test_a_worker_that_came_back_from_the_dead_stores_nothing_twice(curator, address):
    ask(curator, address)
    first = work.take_up()
    assert work.take_up() is None
    Export.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=2))
    second = work.take_up()

    work.make(second)
    work.make(first)

    row = Export.objects.get()
    assert row.is_done and row.tries == 2
    assert [path.name for path in (settings.DATA_DIR / "exports").iterdir()] == [row.file]


def test_after_three_broken_tries_it_says_so(curator, address):
    ask(curator, address)
    for _ in range(3):
        assert work.take_up() is not None
        Export.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=2))

    assert work.take_up() is None
    row = Export.objects.get()
    assert row.state == Export.State.FAILED and "прервалась" in row.error


def test_one_that_nobody_takes_up_says_so(curator, address):
    ask(curator, address)
    Export.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=2))

    assert "ждёт больше минуты" in curator.get(reverse("export-list")).content.decode()


def test_old_ones_go_with_their_files(curator, address):
    ask(curator, address)
    path = make_next().path
    Export.objects.update(created_at=timezone.now() - datetime.timedelta(days=15))

    assert work.clean_up() == 1
    assert not path.exists() and not Export.objects.exists()


def test_a_done_one_is_made_anew_and_deleted(curator, address):
    ask(curator, address)
    export = make_next()

    curator.post(reverse("export-again", args=[export.pk]))
    curator.post(reverse("export-delete", args=[export.pk]))

    assert not export.path.exists()
    assert Export.objects.get().state == Export.State.WAITING


def test_queries_of_the_list_do_not_grow(curator, address, school):
    ask(curator, address)
    export = Export.objects.get()
    url = reverse("export-list")
    curator.get(url)
    with CaptureQueriesContext(connection) as few:
        curator.get(url)
    for number in range(6):
        export.pk, export.address = None, f"/{number}/"
        export.save()
    with CaptureQueriesContext(connection) as many:
        curator.get(url)

    assert len(few) == len(many)


def test_why_there_is_no_file_is_said_in_the_words_of_the_page(curator, programme):
    recipes.mentor_in_base(programme)
    ask(curator, f"{reverse('consent-print', args=[programme.pk])}?only=missing")

    export = make_next()

    assert export.state == Export.State.FAILED
    assert export.error == "Нечего печатать: согласия есть у всех выбранных."


def test_more_than_fits_is_offered_in_the_background_at_once(curator, programme, monkeypatch):
    monkeypatch.setattr("documents.consents.views.LIMIT", 1)
    recipes.confirmed_pair(programme)
    url = f"{reverse('consent-print', args=[programme.pk])}?purposes=image"

    page = curator.get(url)

    assert page.status_code == 422
    assert f'name="address" value="{url}"' in page.content.decode()
    assert ask(curator, url).status_code == 302
    assert make_next().is_done


def test_a_cancelled_one_stops_at_the_next_step(curator, programme):
    life.open_draft(programme, Kind.MINUTES, None)
    ask(curator, reverse("document-set-zip", args=[programme.pk]))
    export = work.take_up()
    curator.post(reverse("export-cancel", args=[export.pk]))

    with pytest.raises(work.Stopped):
        work.make(export)


def test_progress_is_seen_in_numbers(curator, address):
    ask(curator, address)
    work.held(work.take_up()).update(done=1, total=4)

    page = curator.get(reverse("export-list")).content.decode()

    assert '<progress class="meter" value="1" max="4"' in page
    assert "25&nbsp;%" in page


def test_certificates_are_made_in_parts_and_keep_their_order(curator, programme, monkeypatch):
    monkeypatch.setattr("documents.training.views.LAID_OUT_AT_ONCE", 1)
    recipes.head_of(programme.school)
    course = recipes.own_course(programme)
    issued = [
        recipes.certificate(course, recipes.mentor_in_base(programme).person) for _ in range(2)
    ]
    ask(curator, reverse("certificates-pdf", args=[programme.pk, course.pk]))

    export = make_next()

    assert (export.done, export.total) == (3, 3)
    pages = PdfReader(export.path).pages
    assert len(pages) == 2
    for page, certificate in zip(pages, issued, strict=True):
        assert certificate.number in page.extract_text()


def test_a_file_that_a_backup_did_not_bring_back_is_said_to_be_gone(curator, address):
    ask(curator, address)
    export = make_next()
    export.path.unlink()

    assert curator.get(reverse("export-file", args=[export.pk])).status_code == 404
    assert "подготовьте его ещё раз" in curator.get(reverse("export-list")).content.decode()


def test_a_worker_that_is_stopped_gives_its_work_back(curator, address):
    ask(curator, address)

    work.give_back(work.take_up())

    row = Export.objects.get()
    assert (row.state, row.tries, row.claim) == (Export.State.WAITING, 0, "")
