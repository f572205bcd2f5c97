"""Gathers the models of this app's rooms."""

from pairs.formation.models import Pair, PairMentee, PairMentor

__all__ = ["Pair", "PairMentee", "PairMentor"]
