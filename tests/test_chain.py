"""The log holds, and any change, exchange or gap is found at the entry where it is."""

from dataclasses import fields, replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from marke.chain import SHORT, START, Entry, at_mark, broken, read_entries, write_entries
from marke.cli.logboek import logboek
from marke.errors import InputError

texts = st.text(max_size=12)


def chain(contents):
    found, before = [], START
    for place, (who, what, about) in enumerate(contents, start=1):
        entry = Entry("Twente", place, f"2026-12-01T12:00:{place:02}+00:00", who, what, about, before)
        entry = replace(entry, mark=entry.sealed())
        found.append(entry)
        before = entry.mark
    return found


chains = st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6).map(chain)


def test_the_hash_is_that_of_the_text_that_the_documentation_gives():
    entry = Entry("Twente", 1, "2026-12-01T12:00:00+00:00", "Pim", "voorstel gemaakt", "SOC", START)
    assert entry.sealed() == "59b81ac40861fc6ad4ef91989ab25d0b2c567d0b3a1d15aff651bebc0f95487b"


@given(chains)
def test_a_chain_holds_and_every_beginning_of_it(entries):
    for length in range(len(entries) + 1):
        assert broken(entries[:length]) is None


@given(chains, st.data())
def test_a_changed_entry_is_found_there(entries, data):
    place = data.draw(st.integers(0, len(entries) - 1))
    name = data.draw(st.sampled_from([each.name for each in fields(Entry)]))
    value = getattr(entries[place], name)
    other = data.draw(st.integers(0, 99) if name == "number" else texts)
    changed = replace(entries[place], **{name: other})
    expected = None if other == value else place + 1
    assert broken([*entries[:place], changed, *entries[place + 1 :]]) == expected


@given(chains, st.data())
def test_a_changed_entry_with_a_new_hash_is_found_at_the_next(entries, data):
    place = data.draw(st.integers(0, len(entries) - 1))
    changed = replace(entries[place], about=entries[place].about + "!")
    changed = replace(changed, mark=changed.sealed())
    found = broken([*entries[:place], changed, *entries[place + 1 :]])
    assert found == (place + 2 if place + 1 < len(entries) else None)


@given(chains, st.data())
def test_a_gap_or_an_exchange_is_found(entries, data):
    place = data.draw(st.integers(0, len(entries) - 1))
    rest = [*entries[:place], *entries[place + 1 :]]
    assert broken(rest) == (place + 1 if place < len(rest) else None)
    if place + 1 < len(entries):
        swapped = [*entries[:place], entries[place + 1], entries[place], *entries[place + 2 :]]
        assert broken(swapped) == place + 1


def test_an_entry_of_another_log_does_not_fit():
    entries = chain([("Pim", "voorstel", "SOC")])
    assert broken([replace(entries[0], book="Achterhoek")]) == 1


def test_a_log_is_read_as_it_was_written(tmp_path):
    entries = chain([("Pim", "voorstel", 'het "SOC" \u20ac'), ("Bo", "besluit", "ja")])
    path = tmp_path / "logboek.json"
    path.write_text(write_entries(entries), "utf-8")
    assert read_entries(path) == tuple(entries)
    for wrong in ("[", '{"a": 1}', '[{"book": 1}]', "[3]"):
        path.write_text(wrong, "utf-8")
        with pytest.raises(InputError, match="geen besluitenlogboek"):
            read_entries(path)


def test_a_printed_mark_is_found_where_it_was_the_head():
    entries = chain([("Pim", "voorstel", "SOC"), ("Bo", "besluit", "ja")])
    assert at_mark(entries, f" {entries[0].mark[:SHORT].upper()} ") == entries[0]
    assert at_mark(entries, entries[1].mark) == entries[1]
    assert at_mark(entries, entries[0].mark[: SHORT - 1]) is None
    assert at_mark(entries, "0" * SHORT) is None


def test_the_command_tells_whether_a_log_holds_and_finds_a_mark(tmp_path):
    entries = chain([("Pim", "voorstel", "SOC"), ("Bo", "besluit", "ja")])
    path = tmp_path / "logboek.json"

    def check(written, *more):
        path.write_text(write_entries(written), "utf-8")
        return CliRunner().invoke(logboek, [str(path), *more])

    whole = check(entries, "--kenmerk", entries[0].mark[:SHORT])
    assert whole.exit_code == 0
    assert "De keten klopt: 2 regels." in whole.output
    assert entries[1].mark[:SHORT] in whole.output
    assert "regel 1 van 2" in whole.output
    changed = check([replace(entries[0], about="niets"), entries[1]])
    assert isinstance(changed.exception, InputError)
    assert "gebroken bij regel 1" in str(changed.exception)
    cut = check(entries[:1], "--kenmerk", entries[1].mark[:SHORT])
    assert isinstance(cut.exception, InputError)
    assert "staat niet in dit logboek" in str(cut.exception)
