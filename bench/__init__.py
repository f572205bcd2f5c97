"""Measurements of speed and memory; ``make bench`` runs them. Nothing here asserts."""
