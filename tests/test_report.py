import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from findings_factory import ALONE, NAMES, SAVINGS, SECRET, findings
from marke.dutch import NBSP, euro, euro_supported
from marke.findings.statements import statements
from marke.report import build_report, draw_all
from marke.report.answer import five_sentences
from marke.report.cards import cards
from marke.report.feasible import feasibility
from marke.report.groups import division
from marke.report.sections import READERS
from marke.run import Run

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.headings: list[int] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@pytest.mark.parametrize("answer", ["uncertain", "dearer"])
def test_every_picture_of_the_page_can_be_begun_before(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []

    def note(*chart: object) -> Callable[[], str]:
        begun.append(chart)
        return str

    monkeypatch.setattr("marke.charts.start", note)
    told = findings(answer)
    draw_all(told, told.services[0])
    before = begun.copy()
    build_report(told, run_name="run-1")
    assert before
    assert begun == [*before, *before]


def report(*answers: str, **more: object) -> str:
    return build_report(findings(*answers, **more), run_name="run-1")  # type: ignore[arg-type]


def spoken(*answers: str) -> list[str]:
    return [sentence.replace(NBSP, " ") for sentence in five_sentences(findings(*answers))]


MIXES = [("attractive",), ("uncertain",), ("dearer",), ("attractive", "uncertain", "dearer"), ("dearer",) * 3]


@pytest.mark.parametrize("answers", MIXES)
def test_page_is_sound(answers: tuple[str, ...]) -> None:
    text = report(*answers)
    page = Page(text)
    assert not page.open
    assert len(page.ids) == len(set(page.ids))
    targets = [str(a["href"])[1:] for tag, a in page.tags if tag == "a"]
    assert set(targets) <= set(page.ids)
    labels = [i for _, a in page.tags for i in str(a.get("aria-labelledby") or "").split()]
    assert set(labels) <= set(page.ids)
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    assert next(a for tag, a in page.tags if tag == "html")["lang"] == "nl"


@pytest.mark.parametrize("answers", MIXES)
def test_page_needs_nothing_from_elsewhere(answers: tuple[str, ...]) -> None:
    text = report(*answers)
    assert "<script" not in text
    assert not re.search(r"https?://(?!www\.w3\.org/)", text)
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)


@pytest.mark.parametrize("answers", MIXES)
def test_no_machine_words_in_the_text(answers: tuple[str, ...]) -> None:
    text = Page(report(*answers)).text
    assert not re.search(r"\b(?:nan|None|True|False|undefined|inf)\b", text)
    assert not re.search(r"[-−]0(?![,.\d])", text)


def test_numbers_link_to_how_they_were_made_and_name_themselves() -> None:
    text = report("attractive", "uncertain", "dearer")
    page = Page(text)
    for key, answer in zip("abc", ("attractive", "uncertain", "dearer"), strict=True):
        cost = euro(sum(ALONE) - SAVINGS[answer])
        name = f"{key}.variants.host.everyone.cost"
        assert f'<a class="fact" href="#feit-{key}-GroupFinding-cost" title="{name}">{cost}</a>' in text
        for kind in (
            "ServiceFinding-alone",
            "VerdictFinding-outcome",
            "MunicipalVerdict-chance",
            "Burden-net",
        ):
            assert f'href="#feit-{key}-{kind}"' in text
            assert f"feit-{key}-{kind}" in page.ids
    for key in ("equal", "shapley"):
        assert f'title="a.variants.host.everyone.burdens.{key}-GM0168.net"' in text
    assert "Deel van de trekkingen met besparing ≥ materialiteit × alleen" in page.text


def test_amounts_show_no_digit_that_the_draws_do_not_support(run: Run) -> None:
    """With few draws an expectation is told to the thousand, wherever it is linked."""
    page = build_report(run.findings, run_name="x")
    told = re.findall(r'class="fact" href="#feit-soc-GroupFinding-cost" title="([^"]+)">([^<]+)</a>', page)
    assert told
    known = statements(run.findings)
    for name, text in told:
        amount = known[name].value
        assert text == euro_supported(amount.mean, amount.error)
        assert amount.error > 500
        assert text.endswith(".000")


def test_gates_tell_first_what_decides_and_fold_the_rest() -> None:
    found = findings("attractive").services[0]
    (first,) = found.variants
    base = first.gates[0]
    kinds = {
        "date": ("blocked", True),
        "host": ("unknown", True),
        "tax": ("unknown", False),
        "archive": ("attention", True),
        "done": ("ok", True),
    }
    gates = tuple(
        base.model_copy(
            update={"gate": name, "label": name, "outcome": kind, "forbids": forbids, "reason": name}
        )
        for name, (kind, forbids) in kinds.items()
    )
    other = first.model_copy(update={"key": "pool", "gates": gates[1:]})
    sorted_out = feasibility((first.model_copy(update={"gates": gates}), other))
    assert [row.label for _, row in sorted_out.decisive] == ["date", "host"]
    assert [(group.outcome, [row.label for row in group.rows]) for group in sorted_out.rest] == [
        ("unknown", ["tax"]),
        ("attention", ["archive"]),
        ("ok", ["done"]),
    ]
    assert sorted_out.overview[0] == ("date", ("blocked", ""))
    assert sorted_out.overview[1] == ("host", ("unknown", "unknown"))


def for_reader(text: str, reader: str) -> str:
    """What is left of a page for one reader, as its style hides the rest."""
    shown, hidden = "", ""
    for part in re.split(r"(<(?:div|section|li)\b[^>]*>|</(?:div|section|li)>)", text):
        if part.startswith("</"):
            hidden = hidden[:-1]
        elif part.startswith(("<div", "<section", "<li")):
            found = re.search('data-for="([^"]+)"', part)
            hidden += "x" if found and reader not in found[1].split() else "."
        elif "x" not in hidden:
            shown += part
    return shown


FOR = {
    "Het antwoord": "raadslid controller jurist",
    "Het oordeel": "raadslid",
    "Het bewijs: wordt samen goedkoper?": "raadslid controller",
    "Wat weegt het zwaarst?": "raadslid",
    "Nu, alleen en samen": "controller",
    "Hoe zeker is dit?": "controller",
    "Wie draagt wat?": "controller",
    "Alle cijfers": "controller",
    "Kan het?": "jurist",
    "Wat er beter of slechter wordt": "jurist",
    "Regels die gelden": "jurist",
    "Waar ieder getal vandaan komt": "raadslid controller jurist",
}
"""Headings, and who finds them on the page for him."""


@pytest.mark.parametrize("reader", [reader for reader, _, _ in READERS[1:]])
def test_every_reader_has_a_page_with_what_he_asks_for_and_no_more(reader: str) -> None:
    text = report("uncertain", "dearer")
    page = for_reader(text, reader)
    assert {heading for heading in FOR if f">{heading}</h" in page} == {
        heading for heading, readers in FOR.items() if reader in readers
    }
    assert f'main:has(#lezer-{reader}:checked) [data-for]:not([data-for~="{reader}"])' in text
    words = {word for found in re.findall('data-for="([^"]+)"', text) for word in found.split()}
    assert words == {each for each, _, _ in READERS[1:]}


def test_unknown_budget_is_never_zero() -> None:
    row = re.search(r'<th scope="row">Begroot</th>(.*?)</tr>', report("dearer"), re.S)
    assert row
    assert "niet opgegeven" in row[1]
    assert "€" not in row[1]
    known = re.search(r'<th scope="row">Begroot</th>(.*?)</tr>', report("dearer", budgeted=654_321.0), re.S)
    assert known
    assert euro(654_321) in known[1]


def test_names_are_escaped() -> None:
    text = report("attractive", names=("<b>x", "A & B", '"quote"', "Wierden"))
    assert "<b>x" not in text
    assert "&lt;b&gt;x" in text
    assert "A &amp; B" in text
    Page(text)


def test_blocking_groups_stay_out_of_the_page() -> None:
    text = report("attractive", "dearer")
    assert SECRET not in text
    assert "98.765.432" not in text
    part = re.search(r"<h3>Blijft de groep bij elkaar\?</h3>(.*?)<h3>", text, re.S)
    assert part
    assert "30 tot 45" in part[1]
    assert not any(name in part[1] for name in NAMES)


def test_today_of_the_page_is_an_estimate() -> None:
    assert "schatting" in report("dearer")


def test_data_tables_have_a_caption_and_row_headers() -> None:
    page = Page(report("uncertain"))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption")
    assert tags.count("table") == sum(
        a.get("class", "").startswith("scroll") for _, a in page.tags if a.get("class")
    )  # type: ignore[union-attr]
    assert sum(a.get("scope") == "row" for _, a in page.tags) > 30


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        (("attractive",), "Ja: een gezamenlijke a is naar verwachting financieel aantrekkelijk."),
        (
            ("uncertain",),
            "Misschien: een gezamenlijke a is naar verwachting iets goedkoper, maar niet zeker genoeg om "
            "aantrekkelijk te heten.",
        ),
        (("dearer",), "Nee: een gezamenlijke a is naar verwachting niet goedkoper dan ieder voor zich."),
        (
            ("dearer", "dearer"),
            "Nee, geen van de twee diensten is samen naar verwachting goedkoper dan ieder voor zich: een "
            "gezamenlijke a en een gezamenlijke b.",
        ),
        (
            ("attractive", "attractive"),
            "Ja, beide diensten zijn samen naar verwachting financieel aantrekkelijk: een gezamenlijke a en "
            "een gezamenlijke b.",
        ),
        (
            ("attractive", "dearer", "dearer"),
            "Het verschilt per dienst: een gezamenlijke a is naar verwachting financieel aantrekkelijk; "
            "een gezamenlijke b en een gezamenlijke c zijn naar verwachting niet goedkoper dan ieder "
            "voor zich.",
        ),
    ],
)
def test_first_sentence(answers: tuple[str, ...], first: str) -> None:
    assert spoken(*answers)[0] == first


def test_sentences_of_a_service_that_is_dearer() -> None:
    assert spoken("dearer")[1:] == [
        "Van de 11 berekende combinaties van groep en vorm is er geen enkele naar verwachting goedkoper; "
        "doen alle gemeenten mee, dan is de minst dure vorm: centrumregeling.",
        "Samen doen is voor alle 4 gemeenten duurder dan nu en ook duurder dan alleen: het kost nu naar "
        "schatting € 400.000 per jaar, alleen op het gevraagde niveau € 1,0 miljoen en samen € 1,1 miljoen.",
        "Dat samen goedkoper is dan alleen, is vrijwel uitgesloten (kans minder dan 1 %).",
        "Dit antwoord rust vooral op aannames: 50 % van de onzekere cijfers is een aanname en de "
        "gemeenten gaven 3 van de 56 gevraagde antwoorden; een beter cijfer voor ‘tegenvaller’ kan "
        "het antwoord het meest veranderen, want dat bepaalt 50 tot 60 % van de spreiding.",
    ]


def test_dearer_than_now_and_cheaper_than_alone_is_said() -> None:
    sentences = spoken("attractive")
    assert sentences[1] == (
        "Een gezamenlijke a levert het meest op voor Almelo, Borne en Losser met als vorm centrumregeling: "
        "ongeveer € 75.000 per jaar."
    )
    assert "duurder dan nu, maar goedkoper dan alleen" in sentences[2]


def test_amounts_that_overlap_are_never_added() -> None:
    found = findings("dearer", "dearer", "dearer")
    first, *others = found.services
    apart = first.model_copy(update={"overlaps": True})
    both = found.model_copy(update={"services": (apart, *others)})
    assert (
        "voor de twee diensten bij elkaar, zonder dienst a (daar deels al in), kost het nu naar schatting "
        "€ 800.000 per jaar"
    ) in five_sentences(both)[2].replace(NBSP, " ")
    one = found.model_copy(update={"services": (apart, others[0])})
    assert "dienst b kost nu naar schatting € 400.000" in five_sentences(one)[2].replace(NBSP, " ")


def test_yardsticks_of_different_groups_are_not_added() -> None:
    assert "€" not in spoken("attractive", "dearer")[2]


def test_cards_tell_verdict_amount_chance_and_start() -> None:
    card = cards(findings("dearer"))[0]
    assert card.words == "Niet doen"
    assert card.amount.replace(NBSP, " ") == (
        "Alle 4 gemeenten: samen ongeveer € 90.000 per jaar duurder dan alleen."
    )
    assert card.start == "Starten in januari 2027 lukt niet; waarschijnlijk kan het vanaf september 2027."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("dearer", "De goedkoopste verdeling in groepen is: niemand samen."),
        ("attractive", "is: alle 4 gemeenten samen (als centrumregeling). Dat scheelt ongeveer"),
        ("uncertain", "(als centrumregeling); de andere gemeenten ieder voor zich. Dat scheelt ongeveer"),
    ],
)
def test_division_into_groups_is_told(answer: str, sentence: str) -> None:
    found = findings(answer)
    assert sentence in division(found, found.services[0])


def test_a_key_that_divides_nothing_in_the_best_group_for_us_is_told_as_such(run: Run) -> None:
    """The keys of two groups differ: each amount stands beside its own key, and the missing one is told."""
    service = next(s for s in run.findings.services if len(s.viewpoint_best.codes) < 14)
    best = service.viewpoint_best
    first = best.burdens[0].key
    fewer = best.model_copy(update={"burdens": tuple(b for b in best.burdens if b.key != first)})
    changed = service.model_copy(update={"viewpoint_best": fewer})
    page = build_report(run.findings.model_copy(update={"services": (changed,)}), run_name="x")
    table = page[page.index(f"dienst-{service.key}-wij") :]
    rows = table[: table.index("</table>")].split("<tr>")[2:]
    ours = [b for b in fewer.burdens if b.code == run.findings.study.viewpoint_code]
    told = [row for row in rows if "geeft daar geen verdeling" not in row]
    assert len(rows) == len(told) + 1
    for row, burden in zip(told, ours, strict=True):
        assert f">{euro_supported(burden.equivalent, best.cost.error)}</a></td>" in row
