"""How a verb says no: with words for the person who tried."""


class Refusal(Exception):
    """The deed is not possible; ``messages`` are words for the person who tried."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages
