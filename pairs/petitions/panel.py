"""The own petition on the page of a pair, for its author; open ones for the curator."""

from pairs.formation.models import Pair
from pairs.panels import Panel
from pairs.petitions.models import Petition
from pairs.petitions.views import side_of
from programmes.access import Role
from programmes.models import User


def panel(pair: Pair, user: User) -> Panel | None:
    """One query."""
    side = side_of(pair, user.person_id)
    is_curator = user.is_any(Role.CURATOR)
    if not side and not is_curator:
        return None
    rows = list(Petition.objects.visible_to(user).filter(pair=pair).select_related("author"))
    own = [row for row in rows if row.author_id == user.person_id]
    new = [row for row in rows if row.is_new] if is_curator else []
    if not side and not new:
        return None
    return Panel("pairs/petitions/panel.html", {"side": side, "own": own[:1], "new": new})
