"""What the Commission's transparency database takes: the documented values of its API, as of 2025-07-01.

Source: the page "API and Schema" of transparency.dsa.ec.europa.eu, attribute by attribute.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any


def names(words: str, prefix: str = "") -> set[str]:
    return {f"{prefix}{word}" for word in words.split()}


CONTENT_TYPES = names("APP AUDIO IMAGE PRODUCT SYNTHETIC_MEDIA TEXT VIDEO OTHER", "CONTENT_TYPE_")
ACCOUNT_TYPES = names("BUSINESS PRIVATE", "ACCOUNT_TYPE_")
VISIBILITIES = {"DECISION_VISIBILITY_OTHER"} | names(
    "REMOVED DISABLED DEMOTED AGE_RESTRICTED INTERACTION_RESTRICTED LABELLED", "DECISION_VISIBILITY_CONTENT_"
)
SOURCES = names("ARTICLE_16 TRUSTED_FLAGGER VOLUNTARY TYPE_OTHER_NOTIFICATION", "SOURCE_")
AUTOMATED = names("FULLY PARTIALLY NOT_AUTOMATED", "AUTOMATED_DECISION_")
GROUNDS = names("ILLEGAL_CONTENT INCOMPATIBLE_CONTENT", "DECISION_GROUND_")
CATEGORIES = names(
    "ANIMAL_WELFARE CONSUMER_INFORMATION CYBER_VIOLENCE CYBER_VIOLENCE_AGAINST_WOMEN "
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS ILLEGAL_OR_HARMFUL_SPEECH INTELLECTUAL_PROPERTY_INFRINGEMENTS "
    "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS NOT_SPECIFIED_NOTICE OTHER_VIOLATION_TC PROTECTION_OF_MINORS "
    "RISK_FOR_PUBLIC_SECURITY SCAMS_AND_FRAUD SELF_HARM UNSAFE_AND_PROHIBITED_PRODUCTS VIOLENCE",
    "STATEMENT_CATEGORY_",
)
KEYWORDS = names(
    "ANIMAL_HARM ADULT_SEXUAL_MATERIAL AGE_SPECIFIC_RESTRICTIONS AGE_SPECIFIC_RESTRICTIONS_MINORS "
    "BIOMETRIC_DATA_BREACH BULLYING_AGAINST_GIRLS CHILD_SEXUAL_ABUSE_MATERIAL CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE "
    "CONTENT_PROMOTING_EATING_DISORDERS COORDINATED_HARM COPYRIGHT_INFRINGEMENT CYBER_BULLYING_INTIMIDATION "
    "CYBER_HARASSMENT CYBER_HARASSMENT_AGAINST_WOMEN CYBER_INCITEMENT CYBER_STALKING CYBER_STALKING_AGAINST_WOMEN "
    "DATA_FALSIFICATION DEFAMATION DESIGN_INFRINGEMENT DISCRIMINATION MISINFORMATION_DISINFORMATION "
    "FEMALE_GENDERED_DISINFORMATION GEOGRAPHIC_INDICATIONS_INFRINGEMENT GEOGRAPHICAL_REQUIREMENTS "
    "GOODS_SERVICES_NOT_PERMITTED GROOMING_SEXUAL_ENTICEMENT_MINORS HATE_SPEECH HIDDEN_ADVERTISEMENT "
    "HUMAN_EXPLOITATION HUMAN_TRAFFICKING ILLEGAL_ORGANIZATIONS IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS "
    "INAUTHENTIC_LISTINGS INAUTHENTIC_USER_REVIEWS INCITEMENT_AGAINST_WOMEN INCITEMENT_VIOLENCE_HATRED "
    "INSUFFICIENT_INFORMATION_ON_TRADERS LANGUAGE_REQUIREMENTS MISLEADING_INFO_CONSUMER_RIGHTS "
    "MISLEADING_INFO_GOODS_SERVICES MISSING_PROCESSING_GROUND NON_CONSENSUAL_IMAGE_SHARING "
    "NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN NON_CONSENSUAL_MATERIAL_DEEPFAKE "
    "NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN NONCOMPLIANCE_PRICING NUDITY PATENT_INFRINGEMENT PHISHING "
    "PROHIBITED_PRODUCTS PYRAMID_SCHEMES RIGHT_TO_BE_FORGOTTEN RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH "
    "SELF_MUTILATION STALKING SUICIDE TERRORIST_CONTENT TRADE_SECRET_INFRINGEMENT TRADEMARK_INFRINGEMENT "
    "TRAFFICKING_WOMEN_GIRLS UNLAWFUL_SALE_ANIMALS UNSAFE_CHALLENGES UNSAFE_PRODUCTS VIOLATION_EU_LAW "
    "VIOLATION_NATIONAL_LAW OTHER",
    "KEYWORD_",
)
COUNTRIES = names("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK")
FIELDS = names(
    "puid content_type content_type_other content_date content_language content_id application_date account_type "
    "decision_visibility decision_visibility_other decision_monetary decision_monetary_other decision_provision "
    "decision_account end_date_visibility_restriction end_date_service_restriction end_date_account_restriction "
    "end_date_monetary_restriction territorial_scope decision_facts source_type source_identity automated_detection "
    "automated_decision decision_ground illegal_content_legal_ground illegal_content_explanation "
    "incompatible_content_ground incompatible_content_explanation incompatible_content_illegal "
    "decision_ground_reference_url category category_addition category_specification category_specification_other"
)
REQUIRED = names(
    "puid content_type content_date application_date decision_visibility decision_facts source_type "
    "automated_detection automated_decision decision_ground category territorial_scope"
)
LONGEST = {
    "decision_facts": 5000,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000,
    "decision_ground_reference_url": 500,
}
LISTS = {
    "content_type": CONTENT_TYPES,
    "decision_visibility": VISIBILITIES,
    "territorial_scope": COUNTRIES,
    "category_specification": KEYWORDS,
}
CHOICES = {
    "source_type": SOURCES,
    "automated_detection": {"Yes", "No"},
    "automated_decision": AUTOMATED,
    "decision_ground": GROUNDS,
    "category": CATEGORIES,
    "account_type": ACCOUNT_TYPES,
}


def validate(fields: dict[str, Any]) -> None:
    """As the Commission's database does."""
    assert set(fields) <= FIELDS
    for name in REQUIRED:
        assert fields.get(name), name
    assert re.fullmatch(r"[a-zA-Z0-9-_]{1,500}", fields["puid"])
    assert date(2000, 1, 1) <= date.fromisoformat(fields["content_date"]) < date(2038, 1, 1)
    applied = date.fromisoformat(fields["application_date"])
    assert date(2020, 1, 1) <= applied < date(2038, 1, 1)
    assert applied <= date.fromisoformat(fields.get("end_date_visibility_restriction", "2038-01-01"))
    for name, values in LISTS.items():
        assert isinstance(fields.get(name, []), list) and set(fields.get(name, ())) <= values, name
    for name, values in CHOICES.items():
        assert fields[name] in values, name
    _validate_ground(fields)
    for name, most in LONGEST.items():
        assert len(fields.get(name, "")) <= most, name
    assert re.fullmatch("[A-Z]{2}", fields.get("content_language", "FR"))
    assert re.match("https?://", fields.get("decision_ground_reference_url", "https://"))


def _validate_ground(fields: dict[str, Any]) -> None:
    """What explains the ground stands with it, and nothing of the other."""
    illegal = {"illegal_content_legal_ground", "illegal_content_explanation"}
    incompatible = {"incompatible_content_ground", "incompatible_content_explanation"}
    if fields["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT":
        illegal, incompatible = incompatible | {"incompatible_content_illegal"}, illegal
    else:
        assert fields["incompatible_content_illegal"] in {"Yes", "No"}
    assert incompatible <= set(fields) and not illegal & set(fields)
