"""The log holds, and any change, exchange or gap is found at the entry where it is."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from marke.chain import START, Entry, broken

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
