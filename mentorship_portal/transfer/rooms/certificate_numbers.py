"""The last number of the school's certificates in each year."""

from mentorship_portal.transfer.rows import made
from programmes.models import CertificateYear


def dump(school, people) -> dict:
    years = {str(y.year): y.last_number for y in school.certificate_years.order_by("year")}
    return {"certificate_years": years} if years else {}


def load(school, data, people, place) -> None:
    for year, last in data.get("certificate_years", {}).items():
        place[:] = ["certificate_years", year]
        made(CertificateYear, school=school, year=int(year), last_number=last)
