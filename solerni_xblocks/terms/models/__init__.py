"""Rows of the terms domain: documents, proofs, notices, minors."""

from solerni_xblocks.terms.models.documents import Cancellation, Document, Draft, DraftText, Text, Version
from solerni_xblocks.terms.models.minors import Birth, GuardianKnock, GuardianRequest
from solerni_xblocks.terms.models.notices import Campaign, Notice, Snooze
from solerni_xblocks.terms.models.proofs import Chain, Checkpoint, Proof, ProofPerson, ProofReading

__all__ = [
    "Birth",
    "Campaign",
    "Cancellation",
    "Chain",
    "Checkpoint",
    "Document",
    "Draft",
    "DraftText",
    "GuardianKnock",
    "GuardianRequest",
    "Notice",
    "Proof",
    "ProofPerson",
    "ProofReading",
    "Snooze",
    "Text",
    "Version",
]
