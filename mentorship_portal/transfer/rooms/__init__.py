"""Rooms of a school's file beside its people and pairs: each reads and writes its own keys.

A room of ``SCHOOL`` has ``dump(school, people)`` and ``load(school, data, people, place)``; one of
``PROGRAMME`` has ``dump(programme, people)`` and ``load(programme, entry, people, place)``. A dump
gives a dict that goes into the file as it is; ``people`` are keys by ids when writing and people by
keys when reading; ``place`` names the place in the file for the words of an error. Rooms are loaded
in this order, those of the school before its programmes.
"""

from mentorship_portal.transfer.rooms import (
    applications,
    calendar,
    catalogue,
    certificate_numbers,
    classes,
    completion,
    consents,
    events,
    informing,
    library,
    measures,
    meetings,
    motivation,
    needs,
    preparation,
    reports,
    routes,
    rules,
    selection,
    suggestions,
    support,
    training,
)

SCHOOL = (
    rules,
    needs,
    catalogue,
    calendar,
    classes,
    consents.OfSchool,
    measures,
    certificate_numbers,
    routes.OfSchool,
    meetings.OfSchool,
    library.OfSchool,
    completion.OfSchool,
)
PROGRAMME = (
    preparation,
    informing,
    applications,
    consents.OfProgramme,
    motivation,
    selection,
    training,
    events,
    support,
    routes.OfProgramme,
    meetings.OfProgramme,
    reports,
    library.OfProgramme,
    suggestions,
    completion.OfProgramme,
)
