"""Solerni: XBlocks, Django apps and (later) a theme that make an Open edX platform a social MOOC one can trust."""

from pathlib import Path

from setuptools import find_namespace_packages, setup

HERE = Path(__file__).parent

APPS = {
    "solerni_core": "solerni_xblocks.core.apps:CoreConfig",
    "solerni_blockkit": "solerni_xblocks.blockkit.apps:BlockkitConfig",
    "solerni_discussion": "solerni_xblocks.discussion.apps:DiscussionConfig",
    "solerni_badges": "solerni_xblocks.badges.apps:BadgesConfig",
    "solerni_terms": "solerni_xblocks.terms.apps:TermsConfig",
    "solerni_members": "solerni_xblocks.members.apps:MembersConfig",
}
APP_ENTRY_POINTS = [f"{name} = {target}" for name, target in APPS.items()]


def read_requirements(name: str) -> list[str]:
    """The lines of requirements/<name>.in that name a package."""
    lines = (HERE / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


setup(
    name="solerni-xblocks",
    version="0.1.0",
    description="Moderated discussions, verifiable badges and binding terms for Open edX",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="AGPL-3.0-or-later",
    python_requires=">=3.11",
    packages=find_namespace_packages(include=["solerni_xblocks", "solerni_xblocks.*"]),
    include_package_data=True,
    install_requires=read_requirements("base"),
    extras_require={name: read_requirements(name) for name in ("demo", "rules", "test")},
    entry_points={
        "xblock.v1": [
            "solerni_discussion = solerni_xblocks.discussion.block:DiscussionBlock",
            "solerni_badge = solerni_xblocks.badges.block:BadgeBlock",
            "solerni_terms = solerni_xblocks.terms.block:TermsBlock",
        ],
        "lms.djangoapp": APP_ENTRY_POINTS,
        "cms.djangoapp": APP_ENTRY_POINTS,
    },
    classifiers=[
        "Framework :: Django :: 4.2",
        "Framework :: Django :: 5.2",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
    ],
)
