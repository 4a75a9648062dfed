"""Hostile Markdown stays text; friendly Markdown becomes the markup it asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from solerni_xblocks.core import htmlkit

VECTORS = [
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "<svg><script>alert(1)</script></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "[a](jav&#x09;ascript:alert(1))",
    '<iframe src="data:text/html,<script>alert(1)</script>">',
    "<details open ontoggle=alert(1)>",
    "<form action=javascript:alert(1)><button>",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/pixel.png)",
    "[a](vbscript:x)",
    '[a](https://ok.example "\\" onmouseover=alert(1)")',
]


@pytest.mark.parametrize("source", VECTORS)
def test_hostile_markdown_gives_no_live_markup(source: str) -> None:
    tree = lxml_html.fragment_fromstring(htmlkit.render_markdown(source), create_parent="div")
    for element in tree.iter():
        assert element.tag in htmlkit.TAGS | {"div"}
        assert not [name for name in element.attrib if name.startswith("on") or name in ("src", "style", "action")]
        assert (element.get("href") or "https:").split(":")[0] in htmlkit.SCHEMES


def test_headings_start_below_the_page_title() -> None:
    assert "<h3>Un</h3>" in htmlkit.render_markdown("# Un")
    assert "<h5>Six</h5>" in htmlkit.render_markdown("###### Six")


def test_links_do_not_vouch_for_where_they_lead() -> None:
    assert 'rel="nofollow ugc noopener"' in htmlkit.render_markdown("[a](https://example.org)")


def test_sanitising_twice_changes_nothing() -> None:
    once = htmlkit.render_markdown("**gras** & <b>texte</b> [lien](https://example.org)")
    assert htmlkit.sanitize(once) == once


def test_a_wall_of_brackets_is_rendered_in_bounded_nesting() -> None:
    assert htmlkit.render_markdown("[" * 20_000)
    assert htmlkit.render_markdown("> " * 2_000 + "x")


@given(st.text(max_size=300))
def test_any_text_renders_and_has_no_script(source: str) -> None:
    rendered = htmlkit.render_markdown(htmlkit.strip_controls(source))
    assert "<script" not in rendered


@given(st.text())
def test_controls_are_stripped_and_line_ends_are_lf(text: str) -> None:
    clean = htmlkit.strip_controls(text)
    assert not set(clean) & {"\x00", "\x0b", "\x7f", "\r", "\uffff"}


def test_plain_text_resolves_entities_and_separates_blocks() -> None:
    assert htmlkit.to_plain_text("<p>a &amp; b</p><p>c</p>") == "a & b c"


def test_a_reference_does_not_write_its_address_again_and_again() -> None:
    source = "[a]: /" + "x" * 9_990 + "\n\n" + "[a] " * 2_500
    assert len(htmlkit.render_markdown(source)) < 2 * len(source)


def test_a_table_that_grows_without_end_is_refused() -> None:
    source = "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "a\n" * 5_000
    with pytest.raises(htmlkit.PageTooLong):
        htmlkit.render_markdown(source)


def test_a_post_found_clean_is_clean_again_and_another_is_not(monkeypatch) -> None:
    monkeypatch.setattr(htmlkit, "_clean", set())
    monkeypatch.setattr(htmlkit, "_MOST_CLEAN", 2)
    posts = [f"<p>Bonjour {number}</p>\n" for number in range(5)]
    for post in (*posts, *posts):
        assert htmlkit.sanitize_post(post) == post
        assert htmlkit.sanitize_post(f"{post}<script>x</script>") == post
        assert 1 <= len(htmlkit._clean) <= 2
