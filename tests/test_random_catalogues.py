"""One truth, two evaluations: on random catalogues the compiled loop gives what the trace gives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marke.catalogue import AloneVariant, Figure, JointVariant, Line, Work
from marke.catalogue.schema import OneOff, Team, Terms
from marke.engine import trace
from marke.engine.admission import admitted
from marke.engine.explore import explore
from marke.games import members_of
from marke.question import Question, find_study, read_question, shipped_inputs

SERVICE, FIRST_DIM = "soc", 300
DRIVERS = ("inhabitants", "staff", "workplaces", "applications", "endpoints")
REGION = ["Almelo", "Borne", "Dinkelland", "Enschede", "Losser"]
SHIPPED = read_question(shipped_inputs(find_study("twente-actueel"), None, {"trekkingen": 64}))


class Maker:
    """Makes up a service part by part; its figures get dimensions of their own."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.figures: dict[str, Figure] = {}

    def figure(self, low: float, high: float) -> str:
        key = f"random.{len(self.figures)}"
        bounds = np.sort(self.random.uniform(low, high, 3)).tolist()
        self.figures[key] = Figure(
            label=key, low=bounds[0], mode=bounds[1], high=bounds[2], unit="-", year=2026, source="own",
            status="assumption", strength="judgement", dim=FIRST_DIM + len(self.figures),
        )  # fmt: skip
        return key

    def maybe(self, low: float, high: float) -> str | None:
        return self.figure(low, high) if self.random.random() < 0.5 else None

    def one_of(self, *choices: str) -> str:
        return choices[self.random.integers(len(choices))]

    def driver(self, per_municipality: float) -> tuple[str, float, float]:
        """A driver with the bounds of an amount per unit that adds up to about so much in a municipality."""
        per = self.one_of(*DRIVERS)
        amount = per_municipality / {"inhabitants": 40_000, "staff": 300, "applications": 200}.get(per, 400)
        return per, 0.2 * amount, amount

    def work(self) -> Work:
        per, low, high = self.driver(800.0)
        if self.random.random() < 0.5:
            per, low, high = "organisation", 100.0, 900.0
        terms = {"label": "werk", "per": per, "hours": self.figure(low, high), "local": self.maybe(0.0, 0.6)}
        if self.random.random() < 0.3:
            extra, joint = self.figure(low / 9, high / 9), self.figure(low, high)
            return Work(**terms, joint_hours=joint, joint_extra=extra)
        return Work(**terms, shared=self.maybe(0.0, 0.9))

    def line(self) -> Line:
        kind = self.one_of("group", "member", "driver")
        per, low, high = self.driver(60_000.0) if kind == "driver" else (kind, 2_000.0, 60_000.0)
        return Line(
            label="regel",
            amount=self.figure(low, high),
            per=per,
            vat=bool(self.random.integers(2)),
            discount=self.maybe(0.7, 1.0) if kind == "driver" else None,
            borne_by="charge" if kind == "group" else self.one_of("charge", "charge", "member"),
        )

    def terms(self) -> Terms | None:
        if self.random.random() < 0.5:
            return None
        return Terms(reduction=self.figure(0, 0.2), addressable=self.maybe(0.2, 0.9), fee=self.maybe(0, 0.05))

    def one_off(self) -> OneOff:
        months = self.maybe(1, 12)
        return OneOff(
            transition_share=self.maybe(0, 0.8),
            recruitment=self.maybe(5_000, 20_000),
            transition_group=self.maybe(0, 90_000),
            transition_member=self.maybe(0, 40_000),
            double_months=months,
            double_share=self.figure(0.2, 0.6) if months else None,
            book_value=self.maybe(0, 50_000),
        )


def made_up(seed: int) -> Question:
    """The shipped question for five municipalities, about one service that nobody ever offered."""
    maker = Maker(seed)
    forms = list(SHIPPED.catalogue.forms)
    lines = {f"line{number}": maker.line() for number in range(maker.random.integers(1, 5))}
    service = SHIPPED.catalogue.services[SERVICE].model_copy(
        update={
            "work": {f"work{number}": maker.work() for number in range(maker.random.integers(1, 5))},
            "lines": lines,
            "team": Team(minimum_persons=maker.figure(1, 3), minimum_appointment=maker.figure(0.4, 1.0)),
            "one_off": maker.one_off(),
            "alone": {"own": AloneVariant(label="zelf", staffing="own", lines=tuple(lines))},
            "joint": {
                f"joint{number}": JointVariant(
                    form=maker.one_of(*(f for f in forms if not SHIPPED.catalogue.forms[f].joins)),
                    lines=tuple(name for name in lines if maker.random.random() < 0.8),
                    terms=maker.terms(),
                    seats=maker.maybe(0, 1),
                )
                for number in range(maker.random.integers(1, 4))
            },
        }
    )
    catalogue = replace(
        SHIPPED.catalogue,
        figures={**SHIPPED.catalogue.figures, **maker.figures},
        services={**SHIPPED.catalogue.services, SERVICE: service},
    )
    region = replace(
        SHIPPED.study.region, municipalities=tuple(SHIPPED.country.find(name) for name in REGION)
    )
    study = replace(SHIPPED.study, region=region, viewpoint=region.municipalities[0], blocs=(), admissions={})
    return Question(SHIPPED.inputs, study, catalogue, SHIPPED.country)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_compiled_loop_gives_what_the_trace_gives_on_any_catalogue(seed):
    asked = made_up(seed)
    case = asked.case(SERVICE)
    explored = explore(case, asked.study)
    for variant, found in explored.statistics.items():
        for mask in np.flatnonzero(admitted(case, variant)):
            members = tuple(members_of(int(mask)))
            if len(members) > 1:
                assert found.mean[mask] == pytest.approx(
                    trace.joint(case, variant, members).mean, rel=1e-9
                ), (variant, members)
