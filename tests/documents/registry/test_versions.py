"""Kept versions of a text and two of them side by side."""

import pytest
from django.urls import reverse

from documents.models import Document
from tests.documents.registry import chain
from tests.documents.registry.chain import page_text
from tests.documents.registry.test_edit_text import change, draft  # noqa: F401


def keep(client, document, note: str = ""):
    return client.post(reverse("document-versions", args=[document.pk]), {"note": note})


def compare(client, document, old: str = "", new: str = ""):
    address = reverse("document-versions", args=[document.pk])
    return client.get(address, {"old": old, "new": new})


def test_version_is_kept_on_request(curator, draft):  # noqa: F811
    assert keep(curator, draft, "до правки").status_code == 302

    version = draft.versions.get()
    assert (version.number, version.note) == (1, "до правки")
    assert version.created_by is not None and "ПРИКАЗ" in version.content


def test_text_that_has_not_changed_is_kept_once(curator, draft):  # noqa: F811
    for _ in range(2):
        keep(curator, draft)
    assert draft.versions.count() == 1

    change(curator, draft, "control", "Контроль за собой.")
    keep(curator, draft)
    assert list(draft.versions.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_version_is_kept_when_sent_for_signature(curator, draft):  # noqa: F811
    assert chain.press(curator, "send", draft).status_code == 302

    assert draft.versions.get().note == "передано на подпись"


def test_two_versions_stand_side_by_side(curator, draft):  # noqa: F811
    keep(curator, draft)
    change(curator, draft, "curator-plan", "Отслеживать реализацию плана ежемесячно.")

    page = page_text(compare(curator, draft))

    assert "<del>" in page and "<ins>ежемесячно" in page
    assert "Различий: 1." in page


def test_added_clause_is_new_at_the_right_only(curator, draft):  # noqa: F811
    keep(curator, draft)
    form = {"block": "curator", "version": 1, "do": "add", "kind": "clause"}
    form["text"] = "Провести собрание пар."
    curator.post(reverse("document-text", args=[draft.pk]), form)

    compared = compare(curator, draft).context["compared"]

    new = [pair for pair in compared if pair.state == "new"]
    assert [pair.new for pair in new] == ["3. Провести собрание пар."]
    assert not any(pair.state == "gone" for pair in compared)


def test_equal_versions_are_called_equal(curator, draft):  # noqa: F811
    keep(curator, draft)

    assert "Тексты совпадают." in page_text(compare(curator, draft))


def test_registered_text_is_compared_with_the_next_order(curator, draft):  # noqa: F811
    chain.press(curator, "register", draft)
    chain.press(curator, "renew", draft, change="replaces")
    new = Document.objects.get(changes=draft)

    answer = compare(curator, new, f"d{draft.pk}", f"d{new.pk}")

    assert answer.status_code == 200
    assert any(
        pair.state == "new" and "Признать утратившим силу" in pair.new
        for pair in answer.context["compared"]
    )


def test_paper_on_paper_only_has_nothing_to_compare(curator, draft):  # noqa: F811
    plan = draft.bases.get()

    answer = compare(curator, plan)

    assert answer.status_code == 200 and "Сравнивать пока не с чем" in page_text(answer)
    assert keep(curator, plan).status_code == 302
    assert not plan.versions.exists()


@pytest.mark.parametrize("side", ["v{version}", "d{document}", "", "v0", "x"])
def test_versions_of_another_school_are_not_seen(curator, stranger, draft, side):  # noqa: F811
    keep(curator, draft)
    from programmes.models import School

    other = chain.stored_programme(School.objects.get(short_name="Другая школа"))
    own = chain.start(stranger, other, "D7")
    key = side.format(version=draft.versions.get().pk, document=draft.pk)

    answer = compare(stranger, own, key, f"d{own.pk}")

    assert answer.status_code == 200 and answer.context["compared"] is None
    assert [title for _, title in answer.context["choices"]] == ["этот документ: текст сейчас"]
    assert compare(stranger, draft).status_code == 404
    assert keep(stranger, draft).status_code == 404
