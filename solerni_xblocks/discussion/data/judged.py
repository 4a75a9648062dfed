"""Under what a wording was judged, kept with its measures: so that one rule can be tried otherwise, all else equal."""

from __future__ import annotations

from dataclasses import dataclass, field

from solerni_xblocks.discussion.data.policies import Policy


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """The policy, and what rules knew of the author. Of glossaries, the words that the wording has."""

    policy: Policy = field(default_factory=Policy)
    upheld_posts: int = 0
    is_moderator: bool = False
