"""The one error that carries a sentence for the person at the screen."""

from __future__ import annotations


class DomainError(Exception):
    """What a person asked for cannot be done; the message says why and what to do, in Chinese."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
