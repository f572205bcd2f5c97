"""A damaged or hostile file of a school: nothing of it is loaded, no other school is touched."""

import base64
import copy
import json

import pytest

from documents.models import Document, OutsideNumbers, Version
from mentorship_portal import demo, transfer
from programmes.models import School
from tests import recipes

DATA = json.loads(demo.FILE.read_text(encoding="utf-8"))
HTML = base64.b64encode(b"<html><script>").decode()


def version_of_nothing(data):
    data["documents"][0]["versions"] = [{"number": 1, "content": "[]"}]


def number_format_of_a_gigabyte(data):
    data["series"][0]["number_format"] = "{number:>999999999}"


def unknown_number_format(data):
    data["series"][0]["number_format"] = "{zzz}"


def two_series_of_orders(data):
    data["series"].append({"title": "Ещё приказы", "purpose": "orders"})


def words_for_a_date(data):
    data["documents"].append({**DATA["documents"][0], "key": "x", "number": "", "state": "draft"})
    data["documents"][-1]["facts"] = {"study_until": "скоро"}


def unknown_edit(data):
    data["documents"][0]["edits"] = [{"op": "burn"}]


def issued_text_of_nothing(data):
    data["documents"][0] |= {"issued": {"json": base64.b64encode(b"{}").decode()}, "year": 2026}


def issued_word_file_of_html(data):
    data["documents"][0] |= {"issued": {"docx": HTML}, "year": 2026}


def issued_program(data):
    data["documents"][0] |= {"issued": {"exe": HTML}, "year": 2026}


def scan_of_html(data):
    data["documents"][0]["scans"] = [{"extension": "pdf", "content": HTML}]


def emblem_of_html(data):
    data["paper_settings"] = {"emblem": HTML}


def letterhead_of_html(data):
    data["letterheads"] = [{"name": "b.docx", "content": HTML, "lines": ["<script>"]}]


def stranger_in_the_facts(data):
    data["documents"][0]["facts"]["plan_executors"] = [{"person": "nobody"}]


HOSTILE = [
    *(version_of_nothing, number_format_of_a_gigabyte, unknown_number_format, unknown_edit),
    *(two_series_of_orders, words_for_a_date, issued_text_of_nothing, issued_word_file_of_html),
    *(issued_program, scan_of_html, emblem_of_html, letterhead_of_html, stranger_in_the_facts),
]


@pytest.mark.parametrize("damage", HOSTILE, ids=[damage.__name__ for damage in HOSTILE])
def test_damaged_school_is_not_loaded(db, damage):
    data = copy.deepcopy(DATA)
    damage(data)

    with pytest.raises(transfer.Damaged):
        transfer.load(data)

    assert not School.objects.exists()


def test_unknown_award_is_named_in_russian(db):
    data = copy.deepcopy(DATA)
    order = next(entry for entry in data["documents"] if entry["kind"] == "D8")
    order["facts"]["award"] = "letter"

    with pytest.raises(transfer.Damaged, match="«letter» – не поощрение; бывают: gratitude"):
        transfer.load(data)


def test_file_writes_into_no_other_school(db):
    """Rows of the file name their owner only by their place in it."""
    other = recipes.make_school(short_name="Чужая")
    paper = Document.objects.create(school=other, kind="other", title="Чужой")
    data = copy.deepcopy(DATA)
    data["series"][0]["outside"][0] |= {"series_id": other.series.get().pk}
    draft = {"key": "x", "kind": "D1", "title": "О внедрении", "state": "draft", "programme": "y1"}
    content = '{"format":1,"paper":{"is":"Paper","kind":"D1","title":"","organisation":[],'
    content += '"short_organisation":[],"blocks":[]}}'
    draft["versions"] = [{"number": 1, "content": content, "document_id": paper.pk}]
    data["documents"].append(draft)

    transfer.load(data)

    assert not Version.objects.filter(document=paper).exists()
    assert not OutsideNumbers.objects.filter(series__school=other).exists()


def test_papers_find_their_series_when_the_file_names_none(db):
    data = copy.deepcopy(DATA)
    data["series"] = []
    for entry in data["documents"]:
        entry.pop("series", None)

    school = transfer.load(data)

    assert school.documents.get(kind="D2").series.purpose == "minutes"
    assert school.documents.get(kind="D8").number == "92-од"


def test_file_of_the_first_version_keeps_the_pairs_left_out(db):
    data = copy.deepcopy(DATA)
    order = next(entry for entry in data["documents"] if entry["kind"] == "D7")
    order |= {"facts": {"excluded_pairs": ["r1"]}}

    school = transfer.load(data)

    assert school.documents.get(kind="D7").pairs.count() == 3
