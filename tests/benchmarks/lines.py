"""What is measured, under which name, against which target: the table that figures are judged by."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks import material

TERMSANDCONDITIONS = "django-termsandconditions 2.0.12"
MACHINA = "django-machina 1.3.1"
OPENEDX_FORUM = "openedx-forum 0.4.1.post1"
PYLD = "PyLD 3.3.0"
ED25519 = "Ed25519 alone (cryptography 50.0.2)"
WORD_LIST = "word list only"
LANGDETECT = "langdetect 1.0.9"
DATASKETCH = "datasketch 2.0.0"

BENCH, LARGE = "bench", "large"
"""The profiles: little data on SQLite, a million posts on MariaDB."""

FACTORS = {"µs": 1e6, "ms": 1e3}
"""Units of durations."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One name of the table. ``target`` says in words what ``at_most`` … ``ratio_at_least`` say in numbers.

    ``profiles``: where it is measured. ``equal_to``: the line whose figures ours must equal, but for ``equal_within``
    (half as much again is equal on a shared machine). ``ratio_at_least`` is how many times better than ``ratio_to``
    we must be. ``stops_peers_after``: seconds after which a reading
    of a peer is stopped, and is the least that it takes. ``about`` explains the line on the page.
    """

    name: str
    what: str
    unit: str
    target: str
    about: str
    peers: tuple[str, ...] = ()
    at_most: float | None = None
    at_least: float | None = None
    sql_at_most: int | None = None
    ratio_at_least: float | None = None
    ratio_to: str = ""
    equal_to: str = ""
    equal_within: float = 1.5
    profiles: tuple[str, ...] = (BENCH,)
    stops_peers_after: float | None = None

    @property
    def is_duration(self) -> bool:
        """Whether it is measured in seconds."""
        return self.unit in FACTORS

    @property
    def is_less_better(self) -> bool:
        """Whether fewer is better: of durations, and where the target is not to be passed."""
        return self.is_duration or self.at_most is not None


LINES = {
    line.name: line
    for line in (
        Line(
            name="terms.gate_warm",
            what="may this member pass, warm",
            unit="µs",
            target="≤ 5, 0 SQL",
            at_most=5,
            sql_at_most=0,
            peers=(TERMSANDCONDITIONS,),
            about="What every request pays. 10,000 members, 9,999 acceptances of one text of 24 kB; a member who has "
            "accepted and was asked a moment ago. Ours: the api function behind the gate; once in five seconds it"
            " also looks, in one query, whether something was published. The peer: its middleware, with a cache "
            "in memory, which is its best case; it may be 30 seconds late.",
        ),
        Line(
            name="terms.gate_cold",
            what="the same, cold",
            unit="µs",
            target="≤ 300, ≤ 1 SQL",
            at_most=300,
            sql_at_most=1,
            peers=(TERMSANDCONDITIONS,),
            about="The first request of a member in a process: nothing is remembered of the member, the documents in "
            "force are known, on both sides.",
        ),
        Line(
            name="terms.publish_1k",
            what="publish a major version with 1,000 acceptances",
            unit="ms",
            target="≤ 20, ≤ 6 SQL, equal at both sizes",
            at_most=20,
            sql_at_most=6,
            peers=(TERMSANDCONDITIONS,),
            about="A new text of 24 kB for everybody, where 1,000 members have accepted the version before. Ours: "
            "rendered, hashed, proved in the chain; its clauses bear ids (where they do not, one query more finds the "
            "former ones). The peer: its model saved in one transaction, as its administration does; it "
            "visits every acceptance there is. Beginning and ending a transaction counts as no query.",
        ),
        Line(
            name="terms.publish_100k",
            what="publish a major version with 100,000 acceptances",
            unit="ms",
            target="≤ 20, ≤ 6 SQL, equal at both sizes",
            at_most=20,
            sql_at_most=6,
            equal_to="terms.publish_1k",
            peers=(TERMSANDCONDITIONS,),
            stops_peers_after=material.STOPPED_AFTER,
            about="The same where 100,000 members have accepted. What takes more than five seconds is read once, and "
            f"the peer is stopped after {material.STOPPED_AFTER} seconds, since nobody waits a minute for one figure "
            "(it was seen to take 60): figure and ratio are then the least that they can be.",
        ),
        Line(
            name="terms.verify_chain",
            what="proofs verified per second, bounded memory",
            unit="1/s",
            target="≥ 5,000",
            at_least=5_000,
            about="The walk of solerni_terms_verify over 10,000 proofs with the person beside each, every hash made "
            "again. A test holds that its memory does not grow with the number of proofs.",
        ),
        Line(
            name="discussion.list",
            what="thread list page as the block's handler answers it",
            unit="ms",
            target="≤ 15, ≤ 12 SQL",
            at_most=15,
            sql_at_most=12,
            peers=(MACHINA, OPENEDX_FORUM),
            profiles=(BENCH, LARGE),
            about="2,000 threads of 10 posts of 120 words by 500 members in one place (10,000 of 100 in the large "
            "profile, where replies are repeated with a note of their own); the first page of 20, latest "
            "activity first. Ours: the block's handler, from request to response. django-machina: its whole view,"
            " template included, without session and account queries. openedx-forum: the Python call that the "
            "platform makes, as JSON, on its SQL backend, without the platform's REST layer.",
        ),
        Line(
            name="discussion.list_deep",
            what="the same, page 400",
            unit="ms",
            target="≤ 1.2 x first page",
            equal_to="discussion.list",
            equal_within=1.2,
            peers=(MACHINA,),
            profiles=(LARGE,),
            about="The page that the cursors of 399 pages lead to; the peer counts off its rows.",
        ),
        Line(
            name="discussion.thread",
            what="a thread page of 100 posts",
            unit="ms",
            target="≤ 25, ≤ 12 SQL",
            at_most=25,
            sql_at_most=12,
            peers=(MACHINA,),
            profiles=(BENCH, LARGE),
            about="A thread of 100 posts of 120 words. Ours: the handler, the page as HTML. django-machina: its "
            "whole view, at a hundred posts a page.",
        ),
        Line(
            name="discussion.unread",
            what="unread counts of a course",
            unit="ms",
            target="≤ 10",
            at_most=10,
            peers=(MACHINA, OPENEDX_FORUM),
            profiles=(BENCH, LARGE),
            about="For a member who has read ten threads. Ours: the api function behind the marks, counted up to 100, "
            "in the place and in the course. The peers keep no count: their page of unread threads tells one.",
        ),
        Line(
            name="discussion.publish",
            what="a reply through the handler with every local rule",
            unit="ms",
            target="≤ 15",
            at_most=15,
            peers=(MACHINA, OPENEDX_FORUM),
            profiles=(BENCH, LARGE),
            about="A reply of 120 words in the same place, each time by another member to another thread. Ours: the "
            "block's handler with the terms gate, every local rule, the rows and all that listens to a published "
            "post. Peers as above, in one transaction; neither judges what is written, and openedx-forum's search"
            " index is left out.",
        ),
        Line(
            name="discussion.search_rare",
            what="search of a word that a dozen posts have",
            unit="ms",
            target="≤ 20",
            at_most=20,
            profiles=(BENCH, LARGE),
            about="The block's handler: a page of what is found in the place, passages marked. The word stands in one "
            "title, and in the large profile in ten notes too. The peers search with a server of their own, or not.",
        ),
        Line(
            name="discussion.search_common",
            what="search of a word that every other post has",
            unit="ms",
            target="≤ 150",
            at_most=150,
            profiles=(BENCH, LARGE),
            about="The same for a word of the course. In the large profile the latest posts alone are looked through,"
            " and the page says so.",
        ),
        Line(
            name="discussion.queue",
            what="a page of the moderation queue",
            unit="ms",
            target="≤ 20",
            at_most=20,
            profiles=(BENCH, LARGE),
            about="2,000 cases in one course, 50,000 in the large profile; the first page of 25, by deadline, then "
            "score: the whole view, template and figures included.",
        ),
        Line(
            name="discussion.rules",
            what="all local rules on a 120-word post",
            unit="ms",
            target="≤ 10",
            at_most=10,
            about="The verdict alone: no database, no markup. A different French post of 120 words each time.",
        ),
        Line(
            name="discussion.courtesy_precision",
            what="of what the courtesy rule holds, the share labelled toxic",
            unit="%",
            target="≥ 90",
            at_least=90,
            peers=(WORD_LIST,),
            about="On labelled French messages (set toxifrench, balanced) in the folder that SOLERNI_MODERATION_DATA "
            "names; without it, sentences of ours. The peer: the same word list, whole words, case ignored, "
            "nothing unbent, no phrase allowed.",
        ),
        Line(
            name="discussion.courtesy_recall",
            what="of what is labelled toxic, the share that the courtesy rule holds",
            unit="%",
            target="report",
            peers=(WORD_LIST,),
            about="The same messages. No target: a word list finds insults, not malice; reports and moderators do the "
            "rest.",
        ),
        Line(
            name="discussion.french_kept",
            what="of French messages, the share that the language rule lets pass",
            unit="%",
            target="≥ 99.5",
            at_least=99.5,
            peers=(LANGDETECT,),
            about="All French sets in the folder that SOLERNI_MODERATION_DATA names; without it, sentences of ours. The"
            " peer holds where French has less than one chance in ten, as the rule does.",
        ),
        Line(
            name="discussion.other_caught",
            what="of messages in other languages, the share that the language rule holds",
            unit="%",
            target="≥ 98.5",
            at_least=98.5,
            peers=(LANGDETECT,),
            about="German, Spanish, Italian, Dutch and Portuguese sentences of 20 letters and more, same folder.",
        ),
        Line(
            name="discussion.copy_found",
            what="of near copies, the share that the plagiarism rule finds",
            unit="%",
            target="≥ 95",
            at_least=95,
            peers=(DATASKETCH,),
            about="1,000 posts of 120 words; 100 of them copied in eight ways: the same, upper case, halves swapped, "
            "one word in ten and in five changed, half of it in a new text, within a longer text, other marks. Ours: "
            "fingerprints find candidates, words confirm. The peer: MinHash over four words in a row, threshold 0.25.",
        ),
        Line(
            name="discussion.copy_false",
            what="of new posts, the share that the plagiarism rule takes for copies",
            unit="%",
            target="≤ 1",
            at_most=1,
            peers=(DATASKETCH,),
            about="300 posts made of the same stock of phrases, none of them among the 1,000.",
        ),
        Line(
            name="badges.sign",
            what="OB 3.0 credentials signed per second, one core",
            unit="1/s",
            target="≥ 60 x peer; aim 82 x",
            ratio_at_least=60,
            ratio_to=PYLD,
            peers=(PYLD, ED25519),
            about="From an award to the bytes that are kept. Ours: the awards of one badge, composed, canonised, signed"
            " and written. PyLD: the same credentials, composed beforehand; document and proof options are "
            "canonised each time, contexts cached. Ed25519 alone signs 64 bytes: no program that signs can be "
            "faster. The target is set against PyLD.",
        ),
        Line(
            name="badges.sign_equal",
            what="share of 10,000 random awards that are byte-equal to PyLD's",
            unit="%",
            target="100",
            at_least=100,
            about="50 badges whose words tempt escaping (quotes, line breaks, right-to-left, emoji, markup), two to "
            "five blank nodes, 200 awards each. The other side is written apart from our signer: PyLD, SHA-256, "
            "Ed25519, base58. Ed25519 is deterministic, so that equal bytes mean equal canonical forms.",
        ),
    )
}
