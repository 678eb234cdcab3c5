"""Two municipalities doing anything in any order: each sees its own, and of the other what it released."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from story import WORDS, make_story

from marke.errors import InputError
from marke.web.accounts.models import User
from marke.web.accounts.services import create_user
from marke.web.config.prepared import Addresses
from marke.web.intake.models import Answer, Delivery, Released
from marke.web.intake.services import Entry, release, save_answers, shown_state, sign
from marke.web.tenancy.access import Place
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Organisation, Role

NAMES = ("borne", "haaksbergen")
QUESTIONS = ("soc.realised", "soc.budgeted_now", "soc.staff", "soc.options")
FREE = ("soc.realised", "soc.budgeted_now")
EVERYTHING = frozenset(Role)


class TwoTenants(RuleBasedStateMachine):
    """The model: what each answered, whether the controller signed that, and what was released."""

    @initialize()
    def begin(self) -> None:
        self.story = make_story(f"Regio{User.objects.count()}")
        region = self.story.region
        self.user = create_user(email=f"u{User.objects.count()}@voorbeeld.nl", name="U", password=WORDS)
        with opened(Context(regions=[region.pk])):
            self.places = {
                name: Place(self.user, region, EVERYTHING, Organisation.objects.get(region=region, slug=name))
                for name in NAMES
            }
        self.answers: dict[str, dict[str, str]] = {name: {} for name in NAMES}
        self.signed: dict[str, dict[str, str] | None] = dict.fromkeys(NAMES)
        self.released: dict[str, dict[str, str]] = {name: {} for name in NAMES}

    def context(self, name: str, *, write: bool = True) -> Context:
        own = self.places[name].own.pk
        return Context(
            user=self.user.pk, regions=[self.story.region.pk], readable=[own], writable=own if write else None
        )

    @rule(name=st.sampled_from(NAMES), question=st.sampled_from(QUESTIONS), value=st.integers(0, 400))
    def answer(self, name: str, question: str, value: int) -> None:
        with opened(self.context(name)):
            row = Answer.objects.filter(question=question).first()
            entry = Entry(str(value), was=shown_state(row))
            assert save_answers(place=self.places[name], entries={question: entry}).problems == {}
        self.answers[name][question] = str(value)

    @rule(name=st.sampled_from(NAMES))
    def sign(self, name: str) -> None:
        with opened(self.context(name)):
            sign(place=self.places[name], section="soc", role=Role.CONTROLLER)
        self.signed[name] = dict(self.answers[name])

    @rule(name=st.sampled_from(NAMES), chosen=st.sets(st.sampled_from(QUESTIONS)))
    def release(self, name: str, chosen: set[str]) -> None:
        allowed = not chosen or (
            self.signed[name] == self.answers[name]
            and all(key in FREE and self.answers[name].get(key) for key in chosen)
        )
        try:
            with opened(self.context(name)):
                release(place=self.places[name], section="soc", chosen=chosen)
        except InputError:
            assert not allowed
        else:
            assert allowed
            self.released[name] = {key: self.answers[name][key] for key in chosen}

    @invariant()
    def each_sees_its_own_and_what_was_released(self) -> None:
        for name in NAMES:
            own = self.places[name].own
            with opened(self.context(name, write=False)):
                mine: dict[str, Any] = dict(
                    Answer.objects.filter(question__in=QUESTIONS).values_list("question", "value")
                )
                assert mine == self.answers[name]
                assert set(Answer.objects.values_list("organisation", flat=True)) <= {own.pk}
                seen: dict[str, dict[str, str]] = {n: {} for n in NAMES}
                for row in Released.objects.select_related("organisation"):
                    seen[row.organisation.slug][row.question] = row.value
                assert seen == self.released
                given = Delivery.objects.filter(organisation=own, section="soc").values_list(
                    "given", flat=True
                )
                assert sum(given) >= len(self.answers[name])


@pytest.mark.usefixtures("clean")
def test_any_order_of_acts_of_two_municipalities(clean: Addresses) -> None:
    run_state_machine_as_test(
        TwoTenants,
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
