"""One tree, two drawings: the HTML of the server says what Dash will say, and is safe."""

import pytest
from dash import dcc, html

from layouts.components.aria import aria
from layouts.components.chart import chart, config
from layouts.components.link import link
from layouts.static import to_html
from layouts.words import Words


def test_text_and_attributes_are_escaped() -> None:
    hostile = '<script>alert("x")</script>'
    drawn = to_html(html.P(hostile, title=hostile))
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 2


def test_properties_become_attributes() -> None:
    drawn = to_html(html.Label("n", htmlFor="a", className="b", hidden=True, **aria(label="c")))
    for part in ("<label ", 'for="a"', 'class="b"', " hidden", 'aria-label="c"'):
        assert part in drawn


def test_a_flag_that_is_off_is_left_out_but_an_aria_state_is_said() -> None:
    drawn = to_html(html.Button("x", disabled=False, **aria(pressed="false")))
    assert drawn == '<button aria-pressed="false">x</button>'


def test_styles_are_written_as_css() -> None:
    drawn = to_html(html.Span(style={"marginTop": "1px", "--bar": "2%"}))
    assert drawn == '<span style="margin-top:1px;--bar:2%"></span>'


def test_a_link_of_dash_is_a_plain_link() -> None:
    assert to_html(link("a", "/en/")) == '<a href="/en/">a</a>'


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_a_link_that_leads_astray_is_refused(href: str) -> None:
    with pytest.raises(ValueError, match="may not start"):
        to_html(html.A("a", href=href))


def test_a_component_that_needs_scripts_is_refused_rather_than_lost() -> None:
    with pytest.raises(TypeError, match="without scripts"):
        to_html(html.Div(dcc.Dropdown(["a"])))


def test_void_elements_are_not_closed() -> None:
    assert to_html(html.Div([html.Br(), html.Img(src="/a.png")])) == (
        '<div><br><img src="/a.png"></div>'
    )


def test_a_chart_is_its_still_drawing_and_its_table() -> None:
    shown = chart(
        "c", {"data": []}, alt="What it says", words=Words("en"), table=html.Table(), svg="<svg/>"
    )
    drawn = to_html(shown)
    assert "<svg/>" in drawn
    assert "<table>" in drawn
    assert 'aria-label="What it says"' in drawn


def test_charts_send_nothing_away() -> None:
    shared = config(Words("ru"))
    assert shared["showSendToCloud"] is False
    assert shared["displaylogo"] is False
    assert shared["locales"]["ru"]["format"]["months"][0] == "январь"
