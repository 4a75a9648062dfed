"""What of a person goes into evidence: a pseudonym that outlives the account, and as little else as serves."""

from __future__ import annotations

import hmac
from ipaddress import ip_address, ip_network

MAX_AGENT_CHARACTERS = 200


def make_subject(member_id: int, secret: str) -> str:
    """The keyed pseudonym (HMAC-SHA256, hex) of an account: without the secret nobody can go back to the id."""
    return hmac.new(secret.encode(), f"solerni.terms:{member_id}".encode(), "sha256").hexdigest()


def make_pseudonym(kind: str, value: str, secret: str) -> str:
    """The keyed pseudonym (HMAC-SHA256, hex) of anything else that is counted but not kept."""
    return hmac.new(secret.encode(), f"solerni.terms.{kind}:{value}".encode(), "sha256").hexdigest()


def truncate_ip(address: str) -> str:
    """The network of an address (IPv4 /24, IPv6 /48), empty when it is no address.

    >>> truncate_ip("203.0.113.77"), truncate_ip("2001:db8:1:2::3"), truncate_ip("unix:")
    ('203.0.113.0', '2001:db8:1::', '')
    """
    try:
        version = ip_address(address).version
    except ValueError:
        return ""
    network = ip_network(f"{address.partition('%')[0]}/{24 if version == 4 else 48}", strict=False)
    return str(network.network_address)


def shorten_agent(agent: str) -> str:
    """A user agent that fits its column, without control characters."""
    return "".join(letter for letter in agent if letter.isprintable())[:MAX_AGENT_CHARACTERS]
