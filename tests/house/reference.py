"""The reference pages that are made from the code: ``make docs`` writes them, a test compares them."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "solerni_xblocks"
DOMAINS = ("discussion", "badges", "terms", "members")
NOTE = "Made from the code by `make docs`; do not edit by hand.\n"


def make_pages() -> dict[str, str]:
    """Text of each page, by path from the root of the project. Django must be set up."""
    return {
        "docs/reference/settings.md": _make_settings(),
        "docs/reference/handlers.md": _make_handlers(),
        "docs/reference/models.md": _make_models(),
        "docs/reference/commands.md": _make_commands(),
        "docs/reference/checks.md": _make_checks(),
        "solerni_xblocks/hooks/README.md": _make_hooks(),
    }


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _first_line(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n")[0].split())


def _make_settings() -> str:
    from solerni_xblocks.core.conf import SETTINGS

    rows = [[f"`{one.name}`", f"`{one.default!r}`", one.meaning] for one in SETTINGS.values()]
    return f"# Settings\n\nDjango settings, all optional. {NOTE}\n{_table(['Name', 'Default', 'Meaning'], rows)}"


def list_blocks() -> list[type]:
    """The XBlocks that the distribution declares, by block type."""
    from importlib.metadata import entry_points

    found = {entry.name: entry.load() for entry in entry_points(group="xblock.v1") if entry.name.startswith("solerni_")}
    return [found[name] for name in sorted(found)]


def list_handlers(block: type) -> list[tuple[str, str, str]]:
    """Name, who may call, and what it does, for each handler of a block."""
    names = sorted(name for name in dir(block) if getattr(getattr(block, name, None), "_is_xblock_handler", False))
    return [
        (
            name,
            getattr(getattr(block, name), "solerni_door", "author_writes"),
            _first_line(getattr(block, name).__doc__),
        )
        for name in names
    ]


def _make_handlers() -> str:
    text = f'# Handlers\n\nJSON in, JSON out; a refusal is `{{"error", "error_code", …}}` with its status. {NOTE}'
    for block in list_blocks():
        rows = [[f"`{name}`", door, what] for name, door, what in list_handlers(block)]
        text += f"\n## {block.__name__}\n\n{_table(['Handler', 'Who', 'What'], rows)}"
    return text


def _make_models() -> str:
    from django.apps import apps

    text = f"# Models\n\nWhat one row means. {NOTE}"
    for domain in DOMAINS:
        models = apps.get_app_config(f"solerni_{domain}").get_models()
        rows = [[f"`{model.__name__}`", _first_line(model.__doc__), _read_pii(model.__doc__)] for model in models]
        text += f"\n## {domain}\n\n{_table(['Model', 'One row is', 'Personal data'], rows)}"
    return text


def _read_pii(doc: str | None) -> str:
    found = re.search(r"\.\. pii: *(.+)", doc or "")
    return found[1].strip() if found else "none"


def _make_commands() -> str:
    rows = []
    for path in sorted(SOURCE.glob("*/management/commands/solerni_*.py")):
        found = re.search(r'help = \(?\s*"([^"]+)"', path.read_text(encoding="utf-8"))
        rows.append([f"`manage.py {path.stem}`", found[1] if found else ""])
    return f"# Commands\n\n{NOTE}\n{_table(['Command', 'What it does'], rows)}"


def _make_checks() -> str:
    rows = []
    for path in _list_sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            ids = sorted(set(re.findall(r"solerni_\w+\.[EW]\d{3}", ast.unparse(function))))
            rows += [[f"`{id_}`", _first_line(ast.get_docstring(function))] for id_ in ids]
    from solerni_xblocks.core.platform_settings import WANTED

    rows += [[f"`{one.check_id}`", f"Obligation {one.number}: {one.setting} is {one.value}."] for one in WANTED]
    table = _table(["Id", "It asks"], sorted(rows))
    return f"# System checks\n\n`manage.py check --deploy --database default` runs them all. {NOTE}\n{table}"


def _list_sources() -> Iterator[Path]:
    return (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


def _find_domains(pattern: str, *, under: str = "") -> str:
    """Domains whose sources match ``pattern``."""
    return ", ".join(
        domain
        for domain in DOMAINS
        if any(re.search(pattern, path.read_text(encoding="utf-8")) for path in (SOURCE / domain / under).rglob("*.py"))
    )


def _make_hooks() -> str:
    from solerni_xblocks.hooks import duties, gates

    facts = []
    for domain in DOMAINS:
        text = (SOURCE / f"hooks/events/{domain}.py").read_text(encoding="utf-8")
        for name, type_ in re.findall(r'(\w+) = OpenEdxPublicSignal\(\s*event_type="([^"]+)"', text):
            announcers = _find_domains(rf"\b{name}\b", under="flows")  # only flows announce
            listeners = _find_domains(rf"\b{name}\.connect\(")
            facts.append([f"`{name}`", f"`{type_}`", announcers or "nobody yet", listeners or "nobody yet"])
    questions = [
        [f"`{name}`", _find_domains(rf"gates\.answer\(gates\.{name.upper()}"), _find_askers(name)]
        for name in gates.QUESTIONS
    ]
    questions.append(["`ownership`", _find_domains(r"ownership\.answer\("), _find_domains(r"ownership\.require\(")])
    owed = [[f"`{duty}`", ", ".join(duties.list_performers(duty))] for duty in (duties.EXPORT, duties.FORGET)]
    return (
        f"# Where domains meet\n\nWhy three ways: `docs/decisions/0002-hooks.md`. {NOTE}"
        f"\n## Facts\n\n{_table(['Event', 'Type', 'Announced by', 'Heard by'], facts)}"
        f"\n## Questions\n\n{_table(['Gate', 'Answered by', 'Asked by'], questions)}"
        f"\n## Duties\n\n{_table(['Duty', 'Owed by'], owed)}"
    )


def _find_askers(question: str) -> str:
    asked = rf"gates\.require\(\s*gates\.{question.upper()}"
    kit = any(re.search(asked, path.read_text(encoding="utf-8")) for path in (SOURCE / "blockkit").glob("*.py"))
    return ", ".join(filter(None, ["every block (blockkit)" if kit else "", _find_domains(asked)]))


def write_pages() -> None:
    """Write every page to its place."""
    for name, text in make_pages().items():
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    write_pages()
