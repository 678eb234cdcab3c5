"""The register of talks: read, refused, written and read again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marke.errors import InputError
from marke.talks import Talk, format_talks, latest, parse_talk, read_talks, talk_fields

REGION = ("Almelo", "Borne", "Losser")
BORNE = Talk("Borne", "college", "onder voorwaarden", date(2026, 9, 1), 'een "vaste" voet', "wethouder A.")
TABLE = Talk("Twenteraad", "regionale tafel", "ja", date(2026, 10, 2))
LOSSER = Talk("Losser", "raad", "niet gesproken")

whole = {"met": "Borne", "niveau": "college", "standpunt": "ja", "datum": "2026-09-01"}


def read(tmp_path, text):
    path = tmp_path / "gesprekken.toml"
    path.write_text(text, "utf-8")
    return read_talks(path, REGION)


def test_a_register_is_read_as_it_was_written(tmp_path):
    assert read(tmp_path, format_talks([BORNE, TABLE, LOSSER])) == (BORNE, TABLE, LOSSER)
    assert read(tmp_path, "") == ()


def test_a_file_written_by_hand_is_read(tmp_path):
    text = '[[gesprek]]\nmet = "Borne"\nniveau = "raad"\nstandpunt = "nee"\ndatum = 2026-09-01\n'
    assert read(tmp_path, text) == (Talk("Borne", "raad", "nee", date(2026, 9, 1)),)


@given(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1),
    st.dates(min_value=date(1000, 1, 1)),
    st.text(st.characters(exclude_categories=("C", "Z"))),
)
def test_a_form_holds_the_whole_talk(party, when, who):
    talk = Talk(party, "regionale tafel", "nee", when, confirmed_by=who)
    assert parse_talk(talk_fields(talk), REGION) == talk


@pytest.mark.parametrize("talk", [BORNE, TABLE, LOSSER], ids=lambda talk: talk.party)
def test_every_kind_of_talk_fits_a_form(talk):
    assert parse_talk(talk_fields(talk), REGION) == talk


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"met": " "}, "'met' ontbreekt"),
        ({"met": "Born"}, "Born is geen gemeente van deze regio. Bedoelt u Borne?"),
        ({"met": "Twenteraad"}, "Een ander orgaan staat op het niveau 'regionale tafel'"),
        ({"niveau": "baas"}, "'college', 'raad' of 'regionale tafel'"),
        ({"standpunt": "misschien"}, "'nee' of 'niet gesproken' zijn, maar er staat 'misschien'"),
        ({"datum": "gisteren"}, "moet een datum zijn"),
        ({"datum": ""}, "wanneer is met Borne gesproken?"),
        ({"standpunt": "niet gesproken"}, "niet gesproken, dus 'datum'"),
        ({"standpunt": "onder voorwaarden"}, "onder welke voorwaarden doet Borne mee?"),
        ({"voorwaarde": "een gastheer"}, "hoort bij het standpunt 'onder voorwaarden'; hier staat 'ja'"),
        ({"standpunten": "ja"}, "Bedoelt u 'standpunt'?"),
    ],
)
def test_a_form_that_does_not_fit_gets_one_sentence(changed, sentence):
    with pytest.raises(InputError) as refused:
        parse_talk(whole | changed, REGION)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("gesprek")


def test_the_file_says_on_which_line(tmp_path):
    for text, where, sentence in (
        (format_talks([LOSSER, BORNE]) + "niveau_ = 1\n", "regel 13", "Bedoelt u 'niveau'?"),
        (format_talks([BORNE, BORNE]), "regel 9", "Met Borne (college) staat er op 1\xa0september 2026 al"),
        (format_talks([LOSSER, LOSSER]), "regel 6", "Met Losser (raad) staat er al een gesprek"),
        (format_talks([BORNE]).replace("Borne", "Boorne"), "regel 1", "Bedoelt u Borne?"),
    ):
        with pytest.raises(InputError) as refused:
            read(tmp_path, text)
        assert refused.value.where.endswith(where)
        assert sentence in str(refused.value)


def test_the_last_talk_with_each_counts():
    later = Talk("Borne", "raad", "ja", date(2026, 12, 1))
    assert latest([later, BORNE, LOSSER, TABLE]) == {"Borne": later, "Twenteraad": TABLE}
