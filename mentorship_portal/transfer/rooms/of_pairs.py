"""Keys of the pairs of a programme in a school's file, for the rooms that speak of pairs."""

from pairs.models import Pair


def keys_of(programme) -> dict[int, str]:
    """Pair id → key: pairs of all programmes are numbered together, as the file writes them."""
    rows = Pair.objects.filter(programme__school=programme.school_id).order_by("pk")
    return {pk: f"r{number}" for number, pk in enumerate(rows.values_list("pk", flat=True), 1)}


def pairs_of(programme, entry) -> dict[str, Pair]:
    """Key → pair, just read from the file in its order."""
    rows = programme.pairs.order_by("pk").prefetch_related("mentors", "mentees")
    return {record["key"]: pair for record, pair in zip(entry.get("pairs", ()), rows, strict=True)}
