"""Settle what a crash left between two steps: facts without their award, awards without their credential."""

from __future__ import annotations

from solerni_xblocks.badges import queries
from solerni_xblocks.badges.data import Settlement
from solerni_xblocks.badges.flows.evaluate_member import evaluate_member
from solerni_xblocks.badges.flows.sign_award import BatchSigner, sign_when_possible
from solerni_xblocks.badges.models import Badge


def settle_awards() -> Settlement:
    """Run as often as one likes: what is settled stays as it is."""
    courses = list(Badge.objects.order_by("course_key").values_list("course_key", flat=True).distinct())
    awarded = sum(
        evaluate_member(member_id, course_key=course)
        for course in courses
        for member_id in queries.list_members(course)
    )
    signer = BatchSigner()
    signed = sum(sign_when_possible(award_id, signer=signer) for award_id in queries.list_unsigned_ids())
    return Settlement(awarded=awarded, signed=signed, waiting=len(queries.list_unsigned_ids()))
