"""The rooms that tell the board how far their steps of the stages are."""

ROOMS: tuple = ()
