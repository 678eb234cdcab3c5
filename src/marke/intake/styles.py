"""The looks of a workbook's cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

INK, QUIET, LINE = "#1F2933", "#5B6670", "#C9CED3"
HEAD, BAND, YELLOW, EDGE = "#1D4E6B", "#E6EEF2", "#FFF8DC", "#D9C77E"


@dataclass(frozen=True)
class Styles:
    """Every format that is used; ``answers`` by kind of answer. Only what can be filled in is not locked."""

    title: Any
    header: Any
    heading: Any
    heading_number: Any
    explanation: Any
    plain: Any
    text: Any
    strong: Any
    quiet: Any
    unit: Any
    mark: Any
    choice: Any
    note: Any
    who: Any
    answers: Mapping[str, Any]

    @classmethod
    def of(cls, book: Any) -> "Styles":
        """Make the formats of one workbook."""

        def style(**changes: Any) -> Any:
            common = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}
            return book.add_format(common | changes)

        def field(**changes: Any) -> Any:
            yellow = {"bg_color": YELLOW, "border": 1, "border_color": EDGE, "locked": False}
            return style(**yellow | changes)

        number = field(num_format="#,##0.##", align="right")
        choice, text = field(), field(text_wrap=True, num_format="@")
        return cls(
            title=style(bold=True, font_size=16, font_color=HEAD),
            header=style(bold=True, font_color="#FFFFFF", bg_color=HEAD, text_wrap=True),
            heading=style(bold=True, bg_color=BAND),
            heading_number=style(bold=True, bg_color=BAND, align="center"),
            explanation=style(font_size=10, font_color=QUIET, text_wrap=True, valign="top"),
            plain=style(text_wrap=True),
            text=style(text_wrap=True, valign="top"),
            strong=style(bold=True, text_wrap=True, valign="top"),
            quiet=style(font_size=10, font_color=QUIET),
            unit=style(font_size=10, font_color=QUIET, indent=1),
            mark=style(font_size=8, font_color=LINE),
            choice=choice,
            note=text,
            who=style(bg_color=BAND, locked=False, border=1, border_color=EDGE),
            answers={
                "number": number,
                "percentage": number,
                "amount": field(num_format="#,##0", align="right"),
                "year": field(num_format="0", align="right"),
                "date": field(num_format="dd-mm-yyyy", align="right"),
                "yes_no": choice,
                "choice": choice,
                "text": text,
                "list": text,
            },
        )
