"""Rooms of a school's file beside its people and pairs: each reads and writes its own keys.

A room of ``SCHOOL`` has ``dump(school, people)`` and ``load(school, data, people, place)``; one of
``PROGRAMME`` has ``dump(programme, people)`` and ``load(programme, entry, people, place)``. A dump
gives a dict that goes into the file as it is; ``people`` are keys by ids when writing and people by
keys when reading; ``place`` names the place in the file for the words of an error. Rooms are loaded
in this order, those of the school before its programmes.
"""

from mentorship_portal.transfer.rooms import calendar, catalogue, needs, preparation, rules

SCHOOL = (rules, needs, catalogue, calendar)
PROGRAMME = (preparation,)
