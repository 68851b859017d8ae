"""Sentences and word stems, in many languages: the one door to sentencex, snowballstemmer and stopwordsiso."""

import re
from functools import cache
from typing import Any, Final, cast

import sentencex  # pyright: ignore[reportMissingTypeStubs] (the package has none)
import snowballstemmer  # pyright: ignore[reportMissingTypeStubs] (the package has none)
import stopwordsiso

# languages whose short words tell them apart, with the name their stemmer goes by
STEMMERS: Final = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "sv": "swedish",
    "da": "danish",
    "fi": "finnish",
    "pl": "polish",
    "ru": "russian",
}
DEFAULT_LANGUAGE: Final = "en"
# a text shows its language within this length
_SAMPLE_CHARS: Final = 4_000
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# scripts written without spaces: a pair of characters does what a word does elsewhere
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PAIR: Final = 2


def find_language(text: str) -> str:
    """Give the language whose short words are the most frequent here, as ISO 639-1; English where none are."""
    words = [word.casefold() for word in _WORD.findall(text[:_SAMPLE_CHARS])]
    hits = {language: sum(word in _stopwords(language) for word in words) for language in STEMMERS}
    best = max(hits, key=lambda language: (hits[language], language == DEFAULT_LANGUAGE))
    return best if hits[best] else DEFAULT_LANGUAGE


def split_sentences(text: str, language: str) -> list[str]:
    """Give the sentences of a text, each exactly as it stands there."""
    return [sentence.strip() for sentence in cast("Any", sentencex).segment(language, text) if sentence.strip()]


def count_words(text: str) -> int:
    """Count words; two characters of an unspaced script are one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + unspaced // _PAIR


class Lexicon:
    """Gives the stems of texts. One for each piece of work: the stemmers keep state and are not safe to share."""

    def __init__(self) -> None:
        self._stemmers: dict[str, Any] = {}
        self._stems: dict[tuple[str, str], str] = {}

    def list_stems(self, text: str, language: str) -> list[str]:
        """Give the stems of the words that carry meaning, in order, repeated as they are."""
        stems: list[str] = []
        for word in _WORD.findall(text.casefold()):
            if _UNSPACED.search(word):
                stems.extend(word[at : at + _PAIR] for at in range(max(len(word) - 1, 1)))
            elif len(word) > 1 and word not in _stopwords(language):
                stems.append(self._find_stem(word, language))
        return stems

    def list_terms(self, text: str, language: str) -> list[tuple[str, str]]:
        """Give each word that carries meaning as it stands there, after its stem; unspaced scripts have none."""
        return [
            (self._find_stem(word.casefold(), language), word)
            for word in _WORD.findall(text)
            if len(word) > 1 and not _UNSPACED.search(word) and word.casefold() not in _stopwords(language)
        ]

    def _find_stem(self, word: str, language: str) -> str:
        key = (language, word)
        if key not in self._stems:
            if language not in self._stemmers:
                self._stemmers[language] = cast("Any", snowballstemmer).stemmer(STEMMERS[language])
            self._stems[key] = self._stemmers[language].stemWord(word)
        return self._stems[key]


@cache
def _stopwords(language: str) -> frozenset[str]:
    return frozenset(stopwordsiso.stopwords(language))
