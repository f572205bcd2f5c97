"""How a verb says no: with words for the person who tried."""


class Linked(str):
    """Words of a refusal with the page where the matter is put right; pages show it as a link."""

    url: str

    def __new__(cls, words: str, url: str) -> "Linked":
        made = super().__new__(cls, words)
        made.url = url
        return made


class Refusal(Exception):
    """The deed is not possible; ``messages`` are words for the person who tried."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages
