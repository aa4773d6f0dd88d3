"""One column of a table as an SVG with bars: the product's in one colour, the others' in another."""

from typing import Any

import pygal
from pygal.style import Style

PRODUCT = "Reelhook"
OURS, THEIRS, INK, PAPER = "#0b6e4f", "#9aa5b1", "#1f2933", "#ffffff"
BAR, FRAME = 34, 90  # pixels
ASIDE = "\u00a0" * 12  # a value's text has its middle at the bar's end: so it begins behind it


def drawn(kept: dict[str, Any]) -> str:
    """The figure of a table that was kept."""
    heading, rows = kept["drawn"], [row for row in kept["rows"] if row[kept["drawn"]] is not None]
    digits, signed = kept["digits"][heading]

    def written(value: float) -> str:
        return f"{value:+,.{digits}f}" if signed else f"{value:,.{digits}f}"

    style = Style(
        background=PAPER,
        plot_background=PAPER,
        foreground=INK,
        foreground_strong=INK,
        foreground_subtle=INK,
        colors=(THEIRS,),
        font_family="sans-serif",
        value_colors=(INK,),
        label_font_size=13,
        major_label_font_size=13,
        title_font_size=16,
        value_font_size=13,
        opacity=1,
    )
    chart = pygal.HorizontalBar(
        style=style,
        title=f"{kept['title']}: {heading}",
        show_legend=False,
        print_values=True,
        print_values_position="top",
        width=860,
        height=FRAME + BAR * len(rows),
        margin=12,
        spacing=6,
        show_y_guides=False,
        show_minor_x_labels=False,
        range=(0, max(row[heading] for row in rows) * 1.12 if rows else 1),
        js=(),
        no_prefix=True,
        value_formatter=written,
    )
    chart.x_labels = [row["case"] for row in reversed(rows)]  # the first case is drawn at the top
    compared = any(row["case"].startswith(PRODUCT) for row in rows)
    bars = [
        {
            "value": row[heading],
            "color": OURS if row["case"].startswith(PRODUCT) or not compared else THEIRS,
            "formatter": lambda value: ASIDE + written(value),
        }
        for row in reversed(rows)
    ]
    chart.add(heading, bars)
    return str(chart.render(is_unicode=True))
