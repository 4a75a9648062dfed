"""Open Badges 3.0 credentials as bytes: compose, canonicalise, sign, verify, keys. No Django, no database, no network.

Specifications: Open Badges 3.0, Verifiable Credentials 2.0, Data Integrity EdDSA Cryptosuites 1.0
(``eddsa-rdfc-2022``), RDF Dataset Canonicalization 1.0, Decentralized Identifiers 1.0, Controlled Identifiers 1.0.
"""
