"""Publishing under every rule: what the rules are told of the circumstances, what is kept, what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from solerni_xblocks.discussion import api
from solerni_xblocks.discussion.data import Advice, Claim, Declaration, Outcome, PostRecord
from solerni_xblocks.discussion.models import Fingerprint, Post, Version
from tests.discussion.conftest import make_draft

TEXT = (
    "Pour préparer le sol du jardin, je retourne la terre à la bêche, j’enlève les pierres et les racines, puis "
    "j’ajoute du compost bien mûr avant de semer les premières graines du printemps."
)


def publish(who: Any, cafe: Any, source: str, *, insists: bool = False) -> PostRecord | Advice:
    draft = replace(make_draft(source, title="Le sol du jardin"), insists=insists)
    return api.publish_thread(who.id, cafe, draft)


def test_a_copy_of_anothers_words_waits_with_the_passage_shown(learner, other_learner, cafe) -> None:
    publish(learner, cafe, TEXT)
    copied = publish(other_learner, cafe, TEXT)
    assert copied.state == "held"
    assert [reason.clause for reason in copied.reasons] == ["posts.plagiarism"]
    assert copied.reasons[0].passage


def test_ones_own_words_again_are_advised_on_and_may_be_insisted_on(learner, cafe) -> None:
    publish(learner, cafe, TEXT)
    advice = publish(learner, cafe, TEXT)
    assert isinstance(advice, Advice)
    assert advice.outcome == Outcome.NUDGE
    assert publish(learner, cafe, TEXT, insists=True).state == "published"


def test_another_wording_leaves_other_fingerprints_and_is_no_copy_of_itself(learner, cafe) -> None:
    post = publish(learner, cafe, TEXT)
    before = set(Fingerprint.objects.values_list("hash", flat=True))
    draft = make_draft(
        TEXT + " Ensuite je couvre le tout avec de la paille sèche pour garder la fraîcheur.", title="Le sol"
    )
    changed = api.revise_post(learner.id, cafe, draft, post_uuid=post.uuid, version=1)
    after = set(Fingerprint.objects.values_list("hash", flat=True))
    assert (changed.state, len(after) > len(before)) == ("published", True)
    assert Fingerprint.objects.count() == len(after)


def test_what_was_measured_is_kept_with_the_wording(learner, cafe) -> None:
    publish(learner, cafe, TEXT)
    version = Version.objects.get()
    assert version.measures and len(version.policy) == 64


def test_all_rules_cost_as_many_queries_in_a_busy_place(
    learner, other_learner, cafe, django_assert_num_queries
) -> None:
    thread = publish(other_learner, cafe, TEXT).thread_uuid
    texts = (
        "Voici ma remarque : il vaut mieux attendre que la terre soit assez chaude avant de planter.",
        "De mon côté, je garde toujours un peu de paille pour couvrir les jeunes plants pendant la nuit.",
    )
    api.publish_post(learner.id, cafe, make_draft("Bonjour à toutes et à tous."), thread_uuid=thread)  # leaves a mark
    for text in texts:
        with django_assert_num_queries(17):  # one of them holds the thread
            api.publish_post(learner.id, cafe, replace(make_draft(text), insists=True), thread_uuid=thread)
        for _ in range(20):
            publish(other_learner, cafe, TEXT, insists=True)
    assert Post.objects.filter(state="published").count() > 20


QUOTED = "> " + " ".join(["Il faut cultiver notre jardin, disait le vieux sage à ceux qui l’écoutaient le soir."] * 12)


def test_a_long_quotation_is_shared_with_its_source(learner, cafe) -> None:
    text = f"{QUOTED}\n\nJ’aime beaucoup ce passage, et vous, qu’en pensez-vous ?"
    advice = publish(learner, cafe, text)
    assert isinstance(advice, Advice)
    assert (advice.outcome, {reason.clause for reason in advice.reasons}) == (Outcome.REFUSE, {"posts.rights"})
    right = Declaration(claim=Claim.QUOTED, source="Voltaire, Candide")
    post = api.publish_thread(learner.id, cafe, replace(make_draft(text, title="Candide"), rights=right))
    assert post.state == "published"
    version = Version.objects.get()
    assert (version.rights, version.rights_source) == ("quoted", "Voltaire, Candide")
