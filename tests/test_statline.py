"""Refreshing from StatLine, against a real server on this computer that answers like it."""

import json
import shutil
import socket
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from marke.errors import InputError
from marke.files import data_folder
from marke.region import load_country
from marke.statline import apply, load_settings, prepare

COUNTRY = load_country()
DIMENSIONS = {"Measure": "M000352", "Geslacht": "T001038", "Leeftijd": "10000", "BurgerlijkeStaat": "T001019"}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path):
    for name in ("municipalities.csv", "finance.csv", "statline.toml"):
        shutil.copy(data_folder("regions") / name, tmp_path)
    return tmp_path


@contextmanager
def service(answer):
    """Run a server; ``answer(path, query, address)`` gives (status, body as text)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            host, port = self.server.server_address[:2]
            status, body = answer(parts.path, parse_qs(parts.query), f"http://{host}:{port}")
            with suppress(ConnectionError):  # the client may have given up
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def observations(year=2026, **changes):
    """All municipalities as StatLine gives them: codes padded, the country and an old municipality too."""
    numbers = {each.code: each.inhabitants[2026] for each in COUNTRY.municipalities} | changes
    rows = [
        {**DIMENSIONS, "Id": place, "RegioS": code.ljust(10), "Perioden": f"{year}JJ00", "Value": number}
        for place, (code, number) in enumerate(numbers.items())
    ]
    extra = {**DIMENSIONS, "Perioden": f"{year}JJ00"}
    rows.append({**extra, "Id": 900, "RegioS": "NL01  ", "Value": 18_000_000.0})
    rows.append({**extra, "Id": 901, "RegioS": "GM0003    ", "Value": None, "ValueAttribute": "Impossible"})
    return rows


def paged(rows, size=100):
    def answer(_path, query, address):
        start = int(query.get("$skip", ["0"])[0])
        page = {"@odata.context": f"{address}/$metadata", "value": rows[start : start + size]}
        if start + size < len(rows):
            page["@odata.nextLink"] = f"{address}/CBS/03759ned/Observations?$skip={start + size}"
        return 200, json.dumps(page)

    return answer


def one(body, status=200):
    return lambda *_: (status, body if isinstance(body, str) else json.dumps(body))


def refused(answer, folder, sentence, year=2026):
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    with service(answer) as address, pytest.raises(InputError, match=sentence) as refusal:
        prepare(year, folder=folder, base=f"{address}/CBS")
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    assert refusal.value.mend
    return refusal.value


def test_all_pages_are_followed_and_only_the_change_is_written(folder):
    path = folder / "municipalities.csv"
    before = path.read_text(encoding="utf-8")
    with service(paged(observations(GM0141=75_200.0))) as address:
        refresh = prepare(2026, folder=folder, base=f"{address}/CBS/")
    assert [(each.code, each.name, each.before, each.after) for each in refresh.changes] == [
        ("GM0141", "Almelo", 75_166, 75_200)
    ]
    assert refresh.unchanged == 341
    assert "03759ned" in refresh.source
    assert path.read_text(encoding="utf-8") == before
    apply(refresh)
    assert path.read_text(encoding="utf-8") == before.replace(",75166,", ",75200,")
    assert sorted(each.name for each in folder.iterdir()) == [
        "finance.csv", "municipalities.csv", "statline.toml"
    ]  # fmt: skip


def test_the_same_figures_change_nothing(folder):
    path = folder / "municipalities.csv"
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    with service(paged(observations())) as address:
        refresh = prepare(2026, folder=folder, base=address)
    apply(refresh)
    assert refresh.changes == ()
    assert refresh.content.encode() == before[0]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_new_year_becomes_a_column_after_the_last(folder):
    with service(paged(observations(2027))) as address:
        refresh = prepare(2027, folder=folder, base=address)
    assert len(refresh.changes) == 342
    assert refresh.changes[0].before is None
    apply(refresh)
    country = load_country(folder)
    assert country.years == (2022, 2023, 2024, 2025, 2026, 2027)
    assert country.find("Almelo").inhabitants[2027] == 75_166
    assert country.find("Almelo").inhabitants[2026] == 75_166
    header = (folder / "municipalities.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "inhabitants_2026,inhabitants_2027,households" in header


def test_an_earlier_year_becomes_a_column_before_the_first(folder):
    with service(paged(observations(2021))) as address:
        apply(prepare(2021, folder=folder, base=address))
    header = (folder / "municipalities.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "province,inhabitants_2021,inhabitants_2022," in header


def test_the_question_names_table_measure_year_and_totals(folder):
    asked = []

    def answer(path, query, address):
        asked.append((path, query["$filter"][0]))
        return paged(observations(2025))(path, {}, address)[0], json.dumps({"value": observations(2025)})

    with service(answer) as address:
        prepare(2025, folder=folder, base=f"{address}/CBS")
    assert asked == [
        (
            "/CBS/03759ned/Observations",
            "Measure eq 'M000352' and Perioden eq '2025JJ00' and Geslacht eq 'T001038' "
            "and Leeftijd eq '10000' and BurgerlijkeStaat eq 'T001019'",
        )
    ]


def test_relative_links_to_the_next_page_work(folder):
    rows = observations()

    def answer(_path, query, _address):
        if "$skip" in query:
            return 200, json.dumps({"value": rows[200:]})
        return 200, json.dumps({"value": rows[:200], "@odata.nextLink": "Observations?$skip=200"})

    with service(answer) as address:
        assert prepare(2026, folder=folder, base=address).unchanged == 342


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (one("stuk", 500), "HTTP 500"),
        (one("", 404), "HTTP 404"),
        (one("", 302), "HTTP 302"),
        (one("<html>"), "geen JSON"),
        (one("[1]"), "lijst 'value'"),
        (one({"value": 3}), "lijst 'value'"),
        (one({"value": [3]}), "lijst 'value'"),
        (one({"value": []}), "geen inwonertallen van gemeenten voor 2026"),
        (one({"value": [{"RegioS": "GM0141"}]}), "bij Measure niet de gevraagde waarde"),
        (one({"value": observations(2025)}), "bij Perioden niet de gevraagde waarde '2026JJ00'"),
        (one({"value": observations() * 2}), "GM0014 komt meer dan één keer voor"),
        (one({"value": [{**observations()[0], "RegioS": 3}]}), "geen RegioS"),
        (one({"value": [{k: v for k, v in observations()[0].items() if k != "Value"}]}), "geen Value"),
        (one({"value": [], "@odata.nextLink": 5}), "volgende bladzijde klopt niet"),
        (one({"value": [], "@odata.nextLink": "http://example.org/x"}), r"andere computer \(example.org\)"),
        (one({"value": [], "@odata.nextLink": "Observations?a=1"}), "houden niet op"),
        (paged(observations(GM0141="75166")), "GM0141 is geen positief heel getal"),
        (paged(observations(GM0141=75166.5)), "GM0141 is geen positief heel getal"),
        (paged(observations(GM0141=True)), "GM0141 is geen positief heel getal"),
        (paged(observations(GM0141=float("nan"))), "GM0141 is geen positief heel getal"),
        (paged(observations(GM0141=0)), "GM0141 is geen positief heel getal"),
        (paged(observations(GM0141=None)), r"ontbreken 1 gemeenten: Almelo \(GM0141\)"),
        (paged(observations(GM9999=100)), "1 gemeenten die marke niet kent: GM9999"),
        (paged(observations(GM0141=7_516)), r"Almelo \(GM0141\) van 74776 in 2025 naar 7516"),
        (paged(observations(GM0141=97_209)), "meer dan 30 %"),
    ],
)
def test_answers_that_are_refused_change_nothing(folder, answer, sentence):
    refused(answer, folder, sentence)


def test_thirty_per_cent_is_just_allowed(folder):
    with service(paged(observations(GM0141=97_208))) as address:
        assert prepare(2026, folder=folder, base=address).changes[0].after == 97_208


def test_a_large_change_can_be_accepted_in_the_settings(folder):
    settings = folder / "statline.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("accept_large_change = []", 'accept_large_change = ["GM0141"]'), "utf-8")
    with service(paged(observations(GM0141=7_516))) as address:
        assert prepare(2026, folder=folder, base=address).changes[0].after == 7_516
    refused(paged(observations(GM0141=7_516, GM0147=2)), folder, r"Borne \(GM0147\)")


def test_a_failure_on_a_later_page_changes_nothing(folder):
    good = paged(observations())

    def answer(path, query, address):
        return (503, "") if query.get("$skip") == ["200"] else good(path, query, address)

    refused(answer, folder, "HTTP 503")


def test_a_closed_port_is_no_connection(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(InputError, match="geen verbinding") as refusal:
            prepare(2026, folder=folder, base=f"http://127.0.0.1:{free.getsockname()[1]}")
    assert "--bron" in refusal.value.mend


def test_a_silent_service_times_out(folder):
    settings = folder / "statline.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("timeout_seconds = 30", "timeout_seconds = 0.05"), "utf-8")
    release = threading.Event()

    def answer(*_):
        release.wait(10)
        return 200, ""

    with service(answer) as address:
        try:
            with pytest.raises(InputError, match=r"niet binnen 0\.05 seconden"):
                prepare(2026, folder=folder, base=address)
        finally:
            release.set()


@pytest.mark.parametrize("base", ["odata4.cbs.nl/CBS", "ftp://x/CBS", "http://", "", "http://x:poort"])
def test_an_address_that_is_none_is_refused(folder, base):
    with pytest.raises(InputError, match="geen webadres"):
        prepare(2026, folder=folder, base=base)


def test_a_file_changed_meanwhile_is_left_alone(folder):
    path = folder / "municipalities.csv"
    with service(paged(observations(GM0141=75_200))) as address:
        refresh = prepare(2026, folder=folder, base=address)
    path.write_text(path.read_text(encoding="utf-8").replace("75166", "75167"), encoding="utf-8")
    changed = path.read_bytes()
    with pytest.raises(InputError, match="intussen gewijzigd"):
        apply(refresh)
    assert path.read_bytes() == changed


def test_settings_of_marke_where_the_folder_has_none(tmp_path, folder):
    (folder / "statline.toml").unlink()
    assert load_settings(folder) == load_settings()
    assert load_settings().table == "03759ned"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("timeout_seconds = 30", 'timeout_seconds = "lang"', "timeout_seconds"),
        ("max_change_percent = 30", "max_change_percent = 0", "max_change_percent"),
        ('"{year}JJ00"', '"2026JJ00"', "period"),
        ("measure =", "mesure =", "measure"),
        ("[totals]", "[totals", "TOML"),
    ],
)
def test_broken_settings_name_the_file(folder, old, new, sentence):
    path = folder / "statline.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_settings(folder)
    assert sentence in str(refusal.value)
    assert refusal.value.where.startswith(str(path))
