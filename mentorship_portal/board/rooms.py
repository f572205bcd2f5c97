"""The rooms that tell the board how far their steps of the stages are, in the order of telling."""

from pairs.agreements import progress as agreements
from pairs.completion import progress as completion
from pairs.events import progress as events
from pairs.library import progress as library
from pairs.meetings import progress as meetings
from pairs.petitions import progress as petitions
from pairs.reports import progress as reports
from pairs.routes import progress as routes
from pairs.support import progress as support
from programmes.applications import progress as applications
from programmes.consents import progress as consents
from programmes.informing import progress as informing
from programmes.mentees import progress as mentees
from programmes.mentors import progress as mentors
from programmes.motivation import progress as motivation
from programmes.preparation import progress as preparation
from programmes.selection import progress as selection
from programmes.training import progress as training

ROOMS = (
    informing,
    preparation,
    mentees,
    mentors,
    applications,
    consents,
    motivation,
    selection,
    training,
    events,
    support,
    routes,
    reports,
    meetings,
    library,
    petitions,
    agreements,
    completion,
)
