"""How the demo keeps passwords: few rounds, since each is printed on the terminal and six are made at first start."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class PublicPasswordHasher(PBKDF2PasswordHasher):
    """Django's hasher with a hundredth of its work."""

    algorithm = "pbkdf2_sha256_demo"
    iterations = 10_000
