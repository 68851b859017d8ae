"""How well texts match some words: BM25 by tantivy, the same on each database and after each restart."""

import hashlib
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final

from tantivy import Document, Filter, Index, Occur, Query, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

# The least that tantivy takes, and enough that 20,000 notes stay in one piece, for which scores are then comparable.
HEAP_BYTES: Final = 64_000_000
# Measured: an index of 20,000 notes takes 8 MB.
INDEXES_KEPT: Final = 4


class WordIndexes:
    """The indexes that were used last, each good for as long as not a character of its texts changes.

    One draft has several briefs: its form is edited, its thread is read again.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[bytes, WordIndex] = OrderedDict()
        self._turn = Lock()

    def open(self, texts: Sequence[str]) -> "WordIndex":
        """Give the index of these texts, made now or earlier; threads may ask at the same time."""
        # By a digest: the texts themselves are not kept beyond their brief.
        key = _find_key(texts)
        with self._turn:
            index = self._kept.pop(key, None)
        if index is None:
            index = WordIndex(texts)
        with self._turn:
            self._kept[key] = index
            while len(self._kept) > INDEXES_KEPT:
                self._kept.popitem(last=False)
        return index


class WordIndex:
    """Texts in memory, to be ranked as often as one likes; 20,000 notes take a tenth of a second to get in."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take the texts; each is known by its place."""
        self._analyzer = _make_analyzer()
        self._schema = (
            SchemaBuilder().add_text_field("text", stored=False, tokenizer_name="words", index_option="freq").build()
        )
        index = Index(self._schema)
        index.register_tokenizer("words", self._analyzer)
        writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
        add = writer.add_document
        for text in texts:
            document = Document()
            # Half a character is nothing to search for.
            document.add_text("text", text if text.isascii() else text.encode(errors="replace").decode())
            add(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._index = index
        self._most = max(len(texts), 1)

    def rank(self, words: str) -> list[int]:
        """Give the places of the texts that hold any of these words, the best match first, equals by their place."""
        terms = sorted(set(self._analyzer.analyze(words)))
        if not terms:
            return []
        any_of = [(Occur.Should, Query.term_query(self._schema, "text", term)) for term in terms]
        searcher = self._index.searcher()
        found = searcher.search(Query.boolean_query(any_of), limit=self._most).hits
        # In one piece, written by one thread, documents are numbered as they came.
        return [place for _, place in sorted((-float(score), address.doc) for score, address in found)]


def _find_key(texts: Sequence[str]) -> bytes:
    """Give what differs as soon as any of the texts does: their characters, and where each ends."""
    key = hashlib.sha256(array("Q", map(len, texts)))
    key.update("".join(texts).encode(errors="surrogatepass"))
    return key.digest()


def _make_analyzer() -> TextAnalyzer:
    """Give what makes words of a text: any script, upper and lower case alike, accents left off."""
    words = TextAnalyzerBuilder(Tokenizer.simple())
    return words.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()
