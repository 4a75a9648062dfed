"""Ratings by external services that the operator switched on; none is asked by default."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from solerni_xblocks.core.errors import Invalid
from solerni_xblocks.discussion.data.services import Malformed, ServiceSetting
from solerni_xblocks.discussion.flows import rate
from solerni_xblocks.discussion.queries import ratings


def settle_ratings() -> dict[str, int]:
    """Ask services about wordings that wait for it, for a minute at the most; counts by what became of them.

    A service that fails is asked once again later, one that keeps failing is left in peace for a while. A rating may
    have a message read, or hide it until it is read, as the operator set; a person decides. Several may run at once.
    Announces: POST_REMOVED when a message is hidden.
    """
    return rate.settle_ratings()


def receive_rating(uuid: UUID, headers: Mapping[str, str], body: bytes) -> None:
    """The answer that the operator's own service gives later, by a signed call; ``headers`` in lower case.

    Raises: NotOurQuestion, RatedAlready for a replay, Invalid when it cannot be read.
    Announces: as settle_ratings.
    """
    try:
        rate.receive_rating(uuid, headers, body)
    except Malformed as error:
        raise Invalid from error


def list_services() -> tuple[ServiceSetting, ...]:
    """The services that receive the texts of messages, as the operator set them."""
    return ratings.list_services()


def list_wrong_services() -> tuple[str, ...]:
    """What is wrong with the setting of others, for the operator; no secret is in it."""
    return ratings.list_wrong_services()
