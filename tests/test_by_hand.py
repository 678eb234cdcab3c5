"""The model once more, in plain arithmetic from docs/model.md and the data files, against the engine.

Nothing here comes from the engine but the draws of the figures. Every amount is one float of one draw.
"""

import csv
import math
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, permutations
from pathlib import Path

import pytest

from marke.catalogue import load_catalogue
from marke.engine import trace
from marke.engine.draws import draw
from marke.engine.explore import explore
from marke.files import data_folder
from marke.findings.groups import group_finding
from marke.question import Inputs, find_study, read_question, shipped_inputs

CATALOGUE = data_folder("catalogue")
REGIONS = data_folder("regions")
DRAWS = 64
REPLICATES = 16
CLOSE = 1e-9
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in CATALOGUE.rglob("*.toml")}
SERVICES = tuple(path.stem for path in sorted((CATALOGUE / "services").glob("*.toml")))
VARIANTS = tuple(
    (service, variant)
    for service in SERVICES
    for variant, joint in FILES[service]["joint"].items()
    if not joint.get("on_request")
)
ON_REQUEST = (
    ("data_protection_officer", "pool"),
    ("ict_infrastructure", "joining"),
    ("woo_team", "exchange"),
)
PAIR = {"Hof van Twente", "Haaksbergen"}
WEST = {"Hof van Twente", "Hellendoorn", "Rijssen-Holten", "Wierden", "Twenterand"}
NOABERKRACHT = {"Dinkelland", "Tubbergen"}
KEYS = {
    "equal", "per_inhabitant", "mixed", "per_use",
    "proportional_to_alone", "scrb", "shapley", "tau", "nucleolus",
}  # fmt: skip


def close(value, expected):
    return value == pytest.approx(expected, rel=CLOSE, abs=1e-6)


def mean(values):
    return math.fsum(values) / len(values)


@dataclass(frozen=True)
class Town:
    code: str
    name: str
    inhabitants: float


class Hand:
    """One service of one study, by hand: every method takes the number of a draw, ``d``."""

    def __init__(self, study_file, service, answers):
        self.study = tomllib.loads(Path(study_file).read_text("utf-8"))
        self.key = service
        self.file = FILES
        self.service = self.file[service]
        self.answers = answers
        self.draws = draw(load_catalogue(), DRAWS, self.study["toevalsgetal"])
        year = self.study["inwoners_per_1_januari"]
        with (REGIONS / "municipalities.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        every = [Town(row["code"], row["name"], float(row[f"inhabitants_{year}"])) for row in rows]
        self.average = sum(town.inhabitants for town in every) / len(every)
        wanted = self.study["regio"]
        inside = (
            {row["name"] for row in rows if row["safety_region"] == wanted.partition(":")[2]}
            if isinstance(wanted, str)
            else set(wanted)
        )
        self.towns = sorted((t for t in every if t.name in inside), key=lambda t: t.code)
        self.players = self._players()
        rate, years = self.study["reele_rente"], self.study["horizon_jaren"]
        self.annuity = rate / (1 - (1 + rate) ** -years) if rate else 1 / years
        self.level = self.study["diensten"][service]["niveau"]
        self.effort = f"{service}.levels.{self.level}.effort"

    def _players(self):
        blocs = [
            set(bloc["gemeenten"])
            for bloc in self.study.get("blok", [])
            if self.key in bloc.get("diensten", SERVICES)
        ]
        groups = []
        for town in self.towns:
            bloc = next((b for b in blocs if town.name in b), {town.name})
            if not any(town in group for group in groups):
                groups.append([t for t in self.towns if t.name in bloc])
        return groups

    # figures and drivers

    def figure(self, figure_id, d):
        return float(self.draws[figure_id][d])

    def common(self, name, d):
        return self.figure(f"figures.{name}", d)

    def at(self, table, key, path, d):
        """The figure at ``table[key]``, which stands at ``path``: its own, or the one it points to."""
        return self.figure(table[key] if isinstance(table[key], str) else f"{path}.{key}", d)

    def rate_of(self, name, inhabitants):
        classes = self.file["drivers"][name]["classes"]
        place = next(i for i, row in enumerate(classes) if inhabitants < row.get("below", math.inf))
        return f"drivers.{name}.classes.{place}.rate", classes[place]["rate"]["mode"]

    @cache  # noqa: B019
    def driver_of_town(self, name, town, d):
        driver = self.file["drivers"][name]
        if "fact" in driver:
            return town.inhabitants
        if (town.code, name) in self.answers:
            return self.answers[town.code, name]
        rate, _ = self.rate_of(name, town.inhabitants)
        value = float(self._own(rate, town.code)[d])
        return value * self.driver_of_town(driver["of"], town, d) if "of" in driver else value

    @cache  # noqa: B019
    def _own(self, figure_id, code):
        return self.draws.of_municipality(figure_id, code)

    def driver(self, name, player, d):
        return sum(self.driver_of_town(name, town, d) for town in self.players[player])

    def reference(self, name):
        driver = self.file["drivers"][name]
        if "fact" in driver:
            return self.average
        _, rate = self.rate_of(name, self.average)
        return rate * self.reference(driver["of"]) if "of" in driver else rate

    # prices

    def month(self, scale, d):
        below = min(int(scale), 11)
        low, high = (self.common(f"salary_scale.{s}", d) for s in (below, below + 1))
        return low + (scale - below) * (high - low)

    def wage_at(self, scale, d):
        charges = (1 + self.common("individual_choice_budget", d)) * (1 + self.common("employer_charges", d))
        return 12 * self.month(scale, d) * charges

    def wage(self, d, *, shifts=False):
        wage = self.wage_at(self.figure(f"{self.key}.scale", d), d)
        return wage * (1 + self.common("shift_allowance", d)) if shifts else wage

    def hired(self, d, *, shifts=False):
        return self.wage(d, shifts=shifts) * self.common("hire_share", d) * self.common("hire_premium", d)

    def post(self, overhead, d, *, shifts=False):
        own = self.wage(d, shifts=shifts) * (1 - self.common("hire_share", d))
        return own + self.hired(d, shifts=shifts) + self.figure(overhead, d)

    def lead(self, fte, d):
        if fte < self.common("lead_threshold", d):
            return 0.0
        return fte * self.wage_at(self.common("lead_scale", d), d) / self.common("lead_span", d)

    def hour(self, d):
        post = self.post("figures.overhead_own", d) + self.vat_rate(d) * self.hired(d)
        return post / self.common("productive_hours", d)

    def seats(self, variant, path, d):
        if "seats" not in variant:
            return 0.0
        return self.at(variant, "seats", path, d) * 8760 / self.common("productive_hours", d)

    def vat_rate(self, d):
        return self.file["rules"]["vat"]["value"] * (1 - self.common("recoverable_vat", d))

    def line(self, name, members, d, where):
        table, path = self.service["lines"][name], f"{self.key}.lines.{name}"
        amount = self.at(table, "amount", path, d)
        terms = self.service[where[0]][where[1]].get("terms", {})
        if terms and name in terms.get("lines", [name]):
            agreed = f"{self.key}.{where[0]}.{where[1]}.terms"
            gain = self.at(terms, "reduction", agreed, d)
            gain -= self.at(terms, "fee", agreed, d) if "fee" in terms else 0.0
            amount *= 1 - gain * (self.at(terms, "addressable", agreed, d) if "addressable" in terms else 1.0)
        if table["per"] in ("group", "member"):
            return amount * (1 if table["per"] == "group" else len(members))
        total = sum(self.driver(table["per"], i, d) for i in members)
        if "discount" in table:
            reference = self.reference(table["per"])
            exponent = self.at(table, "discount", path, d) - 1
            amount *= (max(total, reference) / reference) ** exponent
        return amount * total

    def lines(self, where, members, d, borne=None):
        """Sum of a variant's lines, and of those that bear VAT; ``borne`` takes "charge" or "member" only."""
        total = taxed = 0.0
        for name in self.service[where[0]][where[1]]["lines"]:
            table = self.service["lines"][name]
            if borne in (None, table.get("borne_by", "charge")):
                cost = self.line(name, members, d, where)
                total += cost
                taxed += cost if table["vat"] else 0.0
        return total, taxed

    # alone

    def package_alone(self, name, player, d):
        work = self.service["work"][name]
        hours = self.figure(self.effort, d) * self.at(work, "hours", f"{self.key}.work.{name}", d)
        if work["per"] == "organisation":
            return hours
        return hours * self.driver(work["per"], player, d)

    def alone(self, name, player, d):
        variant, path = self.service["alone"][name], f"{self.key}.alone.{name}"
        shifts = "seats" in variant
        hours = sum(self.package_alone(w, player, d) for w in self.service["work"])
        fte = max(hours / self.common("productive_hours", d), self.seats(variant, path, d))
        lines, taxed = self.lines(("alone", name), [player], d)
        if variant["staffing"] == "own":
            people = fte * self.post("figures.overhead_own", d, shifts=shifts) + self.lead(fte, d)
            taxed += fte * self.hired(d, shifts=shifts)
        elif variant["staffing"] == "hire":
            invoiced = self.wage(d, shifts=shifts) * self.common("hire_premium", d)
            people = fte * (invoiced + self.common("overhead_own", d)) + self.lead(fte, d)
            taxed += fte * invoiced
        else:
            bought = hours * self.at(variant, "rate", path, d) if variant["staffing"] == "market" else 0.0
            people = bought + self.figure(f"{self.key}.client_role", d) * self.hour(d)
            taxed += bought
        return people + lines + self.vat_rate(d) * taxed

    @cache  # noqa: B019
    def choice(self, player):
        """Alone variants of a player, cheapest in expectation first."""
        means = {v: mean([self.alone(v, player, d) for d in range(DRAWS)]) for v in self.service["alone"]}
        return sorted(means, key=means.get)

    @cache  # noqa: B019
    def stand(self, player, d, rank=0):
        return self.alone(self.choice(player)[rank], player, d)

    # together

    def sigma(self, name, d):
        work = self.service["work"][name]
        if "joint_hours" in work:
            return self.common("homogeneity", d)
        if "shared" not in work:
            return 0.0
        return self.at(work, "shared", f"{self.key}.work.{name}", d) * self.common("homogeneity", d)

    def local(self, name, d):
        work = self.service["work"][name]
        return self.at(work, "local", f"{self.key}.work.{name}", d) if "local" in work else 0.0

    def package_joint(self, name, members, d):
        work, path = self.service["work"][name], f"{self.key}.work.{name}"
        effort = self.figure(self.effort, d) * (1 - self.local(name, d))
        hours = self.at(work, "hours", path, d)
        once = self.sigma(name, d)
        if work["per"] == "organisation":
            amounts = [1.0] * len(members)
        else:
            amounts = [self.driver(work["per"], i, d) for i in members]
        if "joint_hours" not in work:
            return effort * hours * ((1 - once) * sum(amounts) + once * max(amounts))
        first, further = self.at(work, "joint_hours", path, d), self.at(work, "joint_extra", path, d)
        together = first * max(amounts) + further * (sum(amounts) - max(amounts))
        return effort * ((1 - once) * hours * sum(amounts) + once * together)

    def own(self, name, player, d):
        """What a member of a group keeps paying itself."""
        hours = sum(self.local(w, d) * self.package_alone(w, player, d) for w in self.service["work"])
        hours += self.figure(f"{self.key}.client_role", d)
        hours += len(self.players[player]) * self.common("governance_hours", d)
        lines, taxed = self.lines(("joint", name), [player], d, "member")
        return hours * self.hour(d) + lines + self.vat_rate(d) * taxed

    @cache  # noqa: B019
    def joint(self, name, members, d):
        """Every part of the cost of a group of at least two players."""
        variant, path = self.service["joint"][name], f"{self.key}.joint.{name}"
        form, form_path = self.file["forms"][variant["form"]], f"forms.{variant['form']}"
        overhead = form["overhead"] if isinstance(form["overhead"], str) else f"{form_path}.overhead"
        shifts = "seats" in variant
        productive = self.common("productive_hours", d)
        workload = sum(self.package_joint(w, members, d) for w in self.service["work"]) / productive
        step = self.common("appointment_step", d)
        table = self.service["levels"][self.level]
        persons = (table, f"{self.key}.levels.{self.level}")
        persons = persons if "minimum_persons" in table else (self.service["team"], f"{self.key}.team")
        least = self.at(persons[0], "minimum_persons", persons[1], d)
        least *= self.at(self.service["team"], "minimum_appointment", f"{self.key}.team", d)
        team = max(step * math.ceil(workload / step - 1e-9), least, self.seats(variant, path, d))
        lines, taxed = self.lines(("joint", name), members, d, "charge")
        before = team * self.post(overhead, d, shifts=shifts) + self.lead(team, d) + lines
        for part, count in (("steering_group", 1), ("steering_member", len(members))):
            table, place = (variant, path) if part in variant else (form, form_path)
            before += count * self.at(table, part, place, d)
        setback = 1 + self.figure(f"{self.key}.disappointment", d)
        if form["vat_on_charge"]:
            vat = self.vat_rate(d) * before * setback
        else:
            vat = self.vat_rate(d) * setback * (taxed + team * self.hired(d, shifts=shifts))
        once, once_path = self.service["one_off"], f"{self.key}.one_off"

        def one_off(part):
            return self.at(once, part, once_path, d) if part in once else 0.0

        outlay = self.at(form, "preparation", form_path, d) + one_off("transition_share") * before
        outlay += one_off("recruitment") * self.common("recruit_share", d) * team
        outlay += one_off("double_months") / 12 * one_off("double_share") * before
        outlay += one_off("transition_group") + len(members) * one_off("transition_member")
        outlay *= self.common("overrun", d)
        per = once.get("book_value_per", "member")
        units = len(members) if per == "member" else sum(self.driver(per, i, d) for i in members)
        outlay += one_off("book_value") * units
        own = [self.own(name, i, d) for i in members]
        annuity = self.annuity * outlay
        return {
            "charge": before * setback,
            "own": own,
            "vat": vat,
            "people": team * self.post(overhead, d, shifts=shifts) + self.lead(team, d),
            "before": before,
            "one_off": outlay,
            "annuity": annuity,
            "team": team,
            "total": before * setback + sum(own) + vat + annuity,
        }

    def admits(self, name, members):
        """Whether the study and the form let this group form."""
        agreed = self.study["diensten"][self.key].get("groepen", {}).get(name, {})
        form = self.file["forms"][self.service["joint"][name]["form"]]
        named = self.study.get("blok", []) + self.study.get("samenwerking", [])
        must = {agreed["gastheer"]} if "gastheer" in agreed else set()
        for group in named:
            must |= set(group["gemeenten"]) if group["naam"] == agreed.get("samenwerking") else set()
        inside = {town.name for i in members for town in self.players[i]}
        most = agreed.get("capaciteit", form.get("capacity", math.inf))
        return must <= inside and len(members) <= most

    def least(self, variants, members, cost):
        """The lowest cost of a group in a form that it may take: alone for one, infinite for none."""
        costs = [cost(v, members) for v in variants if len(members) < 2 or self.admits(v, members)]
        return min(costs, default=math.inf)

    def cost(self, name, members, d):
        if len(members) < 2 or not self.admits(name, members):
            return sum(self.stand(i, d) for i in members)
        return self.joint(name, tuple(members), d)["total"]

    # today, and who bears what

    def now(self, town, d):
        classes = self.service["today"]
        place = next(i for i, row in enumerate(classes) if town.inhabitants < row.get("below", math.inf))
        today, path = classes[place], f"{self.key}.today.{place}"
        units = self.driver_of_town(today["per"], town, d) if "per" in today else 1.0
        staff, spend = (
            self.answers[town.code, f"{self.key}.{part}"]
            if (town.code, f"{self.key}.{part}") in self.answers
            else units
            * float(
                self._own(today[part] if isinstance(today[part], str) else f"{path}.{part}", town.code)[d]
            )
            for part in ("staff", "spend")
        )
        if (town.code, f"{self.key}.realised") in self.answers:
            wages = self.post("figures.overhead_own", d) - self.common("overhead_own", d)
            factor = self.answers[town.code, f"{self.key}.realised"] / (staff * wages + spend)
            return staff * factor, spend * factor
        return staff, spend

    def today_of_town(self, town, d):
        staff, spend = self.now(town, d)
        post = self.post("figures.overhead_own", d)
        return staff * post + spend + self.vat_rate(d) * (staff * self.hired(d) + spend)

    @cache  # noqa: B019
    def today(self, player, d):
        return sum(self.today_of_town(town, d) for town in self.players[player])

    def kept(self, town, d):
        if (town.code, f"{self.key}.released_4") in self.answers:
            return self.today_of_town(town, d) * (1 - self.answers[town.code, f"{self.key}.released_4"])
        staff, spend = self.now(town, d)
        released = self.common("release_whole" if staff >= 1 else "release_part", d)
        vat = self.vat_rate(d)
        overhead = self.common("overhead_own", d)
        people = staff * (self.post("figures.overhead_own", d) - overhead + vat * self.hired(d))
        stays = staff * overhead * (1 - self.common("release_overhead", d))
        return people * (1 - released) + stays + spend * (1 + vat) * (1 - self.common("release_contract", d))

    def expected(self, function):
        return mean([function(d) for d in range(DRAWS)])

    def per_key(self, group, costs, parts):
        """What each of ``group`` bears under each key; ``costs(T)`` a game, ``parts`` of the whole group."""
        alone = [costs((i,)) for i in group]
        joint = parts["charge"] + parts["vat"] + parts["annuity"]
        inhabitants = [sum(t.inhabitants for t in self.players[i]) for i in group]
        return {
            "equal": [joint / len(group) + own for own in parts["own"]],
            "per_inhabitant": [
                joint * n / sum(inhabitants) + own for n, own in zip(inhabitants, parts["own"], strict=True)
            ],
            "scrb": scrb(group, costs),
            "proportional_to_alone": [parts["total"] * c / sum(alone) for c in alone],
        }

    def use(self, driver, group):
        """Each player's part of the expected driver of a group."""
        amounts = [self.expected(lambda d, i=i: self.driver(driver, i, d)) for i in group]
        return [amount / sum(amounts) for amount in amounts]

    def mixed(self, name, group, parts):
        """Shares when what grows with a driver is split by it and the rest equally."""
        packages = self.service["work"]
        hours = {w: self.expected(lambda d, w=w: self.package_joint(w, group, d)) for w in packages}
        grows = {}
        for w, work in packages.items():
            part = parts["people"] * hours[w] / sum(hours.values())
            grows[work["per"]] = grows.get(work["per"], 0.0) + part
        for line in self.service["joint"][name]["lines"]:
            table = self.service["lines"][line]
            if table.get("borne_by", "charge") == "charge":
                amount = self.expected(lambda d, line=line: self.line(line, group, d, ("joint", name)))
                grows[table["per"]] = grows.get(table["per"], 0.0) + amount
        by_driver = {k: part / parts["before"] for k, part in grows.items() if k in self.file["drivers"]}
        equal = (1 - sum(by_driver.values())) / len(group)
        uses = {driver: self.use(driver, group) for driver in by_driver}
        return [
            equal + sum(part * uses[driver][place] for driver, part in by_driver.items())
            for place in range(len(group))
        ]

    def expected_parts(self, name, members):
        rows = [self.joint(name, members, d) for d in range(DRAWS)]
        found = {k: mean([row[k] for row in rows]) for k in rows[0] if k != "own"}
        found["own"] = [mean(column) for column in zip(*(row["own"] for row in rows), strict=True)]
        return found

    @cached_property
    def names(self):
        return [{town.name for town in group} for group in self.players]

    def group(self, wanted):
        """The players that hold any of these municipalities; None takes all."""
        return tuple(i for i, names in enumerate(self.names) if wanted is None or names & wanted)


def coalitions(members, least=1):
    return [t for size in range(least, len(members) + 1) for t in combinations(members, size)]


def shapley(members, costs):
    """The mean over all orders of entry of what each adds to the cost."""
    value = dict.fromkeys(members, 0.0)
    orders = list(permutations(members))
    for order in orders:
        for place, player in enumerate(order):
            before = costs[tuple(sorted(order[:place]))] if place else 0.0
            value[player] += costs[tuple(sorted(order[: place + 1]))] - before
    return [value[i] / len(orders) for i in members]


def scrb(members, costs):
    """Separable cost, and the rest by alone minus separable."""
    total = costs(members)
    own = [total - costs(tuple(j for j in members if j != i)) for i in members]
    benefits = [costs((i,)) - separable for i, separable in zip(members, own, strict=True)]
    left = (total - sum(own)) / sum(benefits)
    return [separable + left * benefit for separable, benefit in zip(own, benefits, strict=True)]


def mask_of(members):
    return sum(1 << i for i in members)


ANSWERS = {
    ("GM0163", "staff"): 260.0,
    ("GM0163", "endpoints"): 512.5,
    ("GM0189", "workplaces"): 333.0,
    ("GM1700", "applications"): 140.0,
    ("GM1735", "privacy_officer.staff"): 1.0,
    ("GM1735", "privacy_officer.spend"): 12500.0,
    ("GM1742", "ciso_office.staff"): 0.0,
    ("GM1774", "soc.spend"): 81000.0,
    ("GM0183", "soc.staff"): 1.75,
    ("GM1700", "soc.realised"): 95000.0,
    ("GM0163", "woo_requests"): 41.0,
    ("GM0189", "tenders"): 3.0,
    ("GM1735", "ict_infrastructure.staff"): 6.5,
    ("GM1742", "ict_infrastructure.spend"): 612000.0,
    ("GM1774", "soc.released_4"): 0.35,
    ("GM0189", "woo_team.released_4"): 1.0,
    ("GM0189", "woo_team.released_3"): 0.2,
}
OWN_STUDY = """
naam = "Eigen streek"
regio = ["Hof van Twente", "Hellendoorn", "Rijssen-Holten", "Wierden",
  "Twenterand", "Dinkelland", "Tubbergen"]
gezichtspunt = "Wierden"
peildatum = 2026-05-01
gewenste_start = 2027-01-01
prijspeil = 2026
inwoners_per_1_januari = 2024
horizon_jaren = 5
reele_rente = 0.0
trekkingen = 64
toevalsgetal = 7
nulmeting = "antwoorden.csv"

[drempels]
materialiteit = 0.05
kans = 0.7
stabiliteit = 0.02

[diensten.privacy_officer]
niveau = "ambition"
[diensten.ciso_office]
niveau = "statutory"
[diensten.soc]
niveau = "ambition"
[diensten.soc.groepen.host]
gastheer = "Hellendoorn"
capaciteit = 4
[diensten.data_protection_officer]
niveau = "statutory"
[diensten.data_protection_officer.groepen.pool]
capaciteit = 5
[diensten.ict_infrastructure]
niveau = "ambition"
[diensten.ict_infrastructure.groepen.joining]
samenwerking = "Noaberkracht"
[diensten.joint_procurement]
niveau = "basic"
[diensten.woo_team]
niveau = "ambition"
[diensten.woo_team.groepen.exchange]
capaciteit = 3

[[blok]]
naam = "Noaberkracht"
gemeenten = ["Dinkelland", "Tubbergen"]
bron = "bekend"
"""


@dataclass(frozen=True)
class Both:
    """The same service of the same study: by hand, and by the engine."""

    hand: Hand
    study: object
    explored: object

    @property
    def case(self):
        return self.explored.case


@pytest.fixture(scope="module")
def own_study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("eigen")
    (folder / "studie.toml").write_text(OWN_STUDY, encoding="utf-8")
    lines = ["code;gemeente;vraag;omschrijving;eenheid;antwoord;prijspeil;toelichting;twijfel;wie vult in"]
    names = {"GM0163": "Hellendoorn", "GM0189": "Wierden", "GM1700": "Twenterand", "GM0183": "Tubbergen"}
    names |= {"GM1735": "Hof van Twente", "GM1742": "Rijssen-Holten", "GM1774": "Dinkelland"}
    units = {"staff": "fte", "spend": "EUR/jaar", "workplaces": "werkplekken", "applications": "applicaties"}
    units |= {"endpoints": "apparaten", "realised": "EUR/jaar"}
    units |= {"woo_requests": "verzoeken", "tenders": "aanbestedingen"}
    units |= {"released_3": "%", "released_4": "%"}
    for (code, question), value in ANSWERS.items():
        unit = units[question.rpartition(".")[2]]
        number = str(value * 100 if unit == "%" else value).replace(".", ",")
        lines.append(f"{code};{names[code]};{question};;{unit};{number};;;;")
    (folder / "antwoorden.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "studie.toml"


@pytest.fixture(scope="module")
def shipped():
    path = find_study("twente-actueel")
    question = read_question(shipped_inputs(path, overrides={"trekkingen": DRAWS}))
    return {
        key: Both(Hand(path, key, {}), question.study, explore(question.case(key), question.study))
        for key in SERVICES
    }


@pytest.fixture(scope="module")
def small(own_study):
    question = read_question(Inputs(own_study, CATALOGUE, REGIONS), whole=True)
    return {
        key: Both(Hand(own_study, key, ANSWERS), question.study, explore(question.case(key), question.study))
        for key in SERVICES
    }


@pytest.fixture(params=["shipped", "small"])
def both(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("service", SERVICES)
def test_players_and_their_drivers(both, service):
    hand, case = both[service].hand, both[service].case
    assert [{m.name for m in group} for group in case.players] == hand.names
    for name, totals in case.drivers.items():
        for i in range(len(hand.players)):
            for d in range(0, DRAWS, 9):
                assert close(totals[d, i], hand.driver(name, i, d))


@pytest.mark.parametrize("service", SERVICES)
def test_every_alone_variant_and_the_choice_between_them(both, service):
    hand, explored = both[service].hand, both[service].explored
    for i in range(len(hand.players)):
        for name in hand.service["alone"]:
            values = trace.alone(explored.case, name, i).values
            for d in range(DRAWS):
                assert close(values[d], hand.alone(name, i, d))
        cheapest, second = hand.choice(i)[:2]
        assert explored.alone.variants[explored.alone.chosen[i]] == cheapest
        assert explored.alone.variants[explored.alone.runner_up[i]] == second
        for d in range(DRAWS):
            assert close(explored.alone.cost[d, i], hand.stand(i, d))
            assert close(explored.alone.second[d, i], hand.stand(i, d, 1))
            assert close(explored.now.players[d, i], hand.today(i, d))


@pytest.mark.parametrize(("service", "variant"), VARIANTS)
@pytest.mark.parametrize("wanted", [PAIR, WEST, NOABERKRACHT | {"Wierden"}, None])
def test_a_group_in_every_draw(shipped, service, variant, wanted):
    hand, case = shipped[service].hand, shipped[service].case
    members = hand.group(wanted)
    if len(members) == 1:  # one bloc: alone, and no group
        assert service == "ciso_office"
        members = hand.group(PAIR | {"Borne"})
    step = trace.joint(case, variant, members)
    for d in range(DRAWS):
        expected = hand.joint(variant, members, d)
        assert close(step.values[d], expected["total"])
        assert close(step.part("charge").values[d], expected["charge"])
        assert close(step.part("own").values[d], sum(expected["own"]))
        assert close(step.part("vat").values[d], expected["vat"])
        assert close(step.part("annuity").values[d], expected["annuity"])


def replicate_error(values):
    size = len(values) // REPLICATES
    means = [mean(values[r * size : (r + 1) * size]) for r in range(REPLICATES)]
    centre = mean(means)
    return math.sqrt(sum((m - centre) ** 2 for m in means) / (REPLICATES - 1) / REPLICATES)


def check_statistics(both, variant, members):
    hand, explored = both.hand, both.explored
    found, mask = explored.statistics[variant], mask_of(members)
    materiality = hand.study["drempels"]["materialiteit"]
    cost = [hand.cost(variant, members, d) for d in range(DRAWS)]
    alone = [sum(hand.stand(i, d) for i in members) for d in range(DRAWS)]
    today = [sum(hand.today(i, d) for i in members) for d in range(DRAWS)]
    saving = [a - c for a, c in zip(alone, cost, strict=True)]
    assert close(found.mean[mask], mean(cost))
    assert found.error[mask] == pytest.approx(replicate_error(cost), rel=1e-6, abs=1e-3)
    assert close(found.chance[mask], mean([s > 0 for s in saving]))
    assert close(
        found.material[mask],
        mean([s >= materiality * a for s, a in zip(saving, alone, strict=True)]),
    )
    assert close(found.cheaper[mask], mean([c < t for c, t in zip(cost, today, strict=True)]))
    centre = mean(saving)
    spread = math.sqrt(mean([(s - centre) ** 2 for s in saving]))
    assert found.spread[mask] == pytest.approx(spread, rel=1e-6, abs=1e-2)


@pytest.mark.parametrize(("service", "variant"), VARIANTS)
def test_statistics_of_coalitions(shipped, service, variant):
    hand = shipped[service].hand
    for wanted in (PAIR | {"Borne"}, WEST, NOABERKRACHT | {"Enschede"}, None):
        check_statistics(shipped[service], variant, hand.group(wanted))


@pytest.mark.parametrize(("service", "variant"), VARIANTS + ON_REQUEST)
def test_every_coalition_of_a_small_region(small, service, variant):
    for members in coalitions(range(len(small[service].hand.players)), least=2):
        check_statistics(small[service], variant, members)


def check_burdens(both, variant, members, *, with_shapley):
    hand = both.hand
    finding = group_finding(both.explored, both.study, variant, members)
    parts = hand.expected_parts(variant, members)
    joint = parts["charge"] + parts["vat"] + parts["annuity"]
    alone = {i: hand.expected(lambda d, i=i: hand.stand(i, d)) for i in members}
    inhabitants = {i: sum(t.inhabitants for t in hand.players[i]) for i in members}
    own = dict(zip(members, parts["own"], strict=True))
    everyone, people = sum(alone.values()), sum(inhabitants.values())
    shares = {
        "equal": {i: 1 / len(members) for i in members},
        "per_inhabitant": {i: inhabitants[i] / people for i in members},
        "proportional_to_alone": {
            i: (parts["total"] * alone[i] / everyone - own[i]) / joint for i in members
        },
        "mixed": dict(zip(members, hand.mixed(variant, members, parts), strict=True)),
        "per_use": dict(zip(members, hand.use(hand.service["use"], members), strict=True)),
    }
    if with_shapley:
        game = {t: hand.expected(lambda d, t=t: hand.cost(variant, t, d)) for t in coalitions(members)}
        game[members] = parts["total"]  # told as if it formed, also where it may not
        value = shapley(members, game)
        shares["shapley"] = {i: (v - own[i]) / joint for i, v in zip(members, value, strict=True)}
        left = scrb(members, game.get)
        shares["scrb"] = {i: (v - own[i]) / joint for i, v in zip(members, left, strict=True)}
    rows = {(row.key, row.name): row for row in finding.burdens}
    assert {key.key for key in finding.keys} == KEYS
    defined = {key.key for key in finding.keys if key.defined}
    assert defined >= KEYS - {"tau"}
    assert len(rows) == len(defined) * sum(len(hand.players[i]) for i in members)
    for key in defined:
        assert close(sum(row.equivalent for row in finding.burdens if row.key == key), parts["total"])
    for key, share in shares.items():
        for i in members:
            for town in hand.players[i]:
                row, part = rows[key, town.name], town.inhabitants / inhabitants[i]
                borne = share[i] * part
                kept = hand.expected(lambda d, town=town: hand.kept(town, d))
                paid = borne * (parts["charge"] + parts["vat"]) + own[i] * part
                assert close(row.share, borne)
                assert close(row.contribution, borne * parts["charge"])
                assert close(row.vat, borne * parts["vat"])
                assert close(row.own, own[i] * part)
                assert close(row.unreleased, kept)
                assert close(row.net, paid + kept)
                assert close(row.one_off, borne * parts["one_off"])
                assert close(row.equivalent, paid + borne * parts["annuity"])
                assert close(row.alone, alone[i] * part)
                assert close(row.today, hand.expected(lambda d, town=town: hand.today_of_town(town, d)))
    assert close(finding.team.mean, parts["team"])
    assert close(finding.saving.mean, everyone - parts["total"])
    assert close(finding.per_inhabitant, parts["total"] / people)


@pytest.mark.parametrize(("service", "variant"), VARIANTS)
def test_burdens_of_a_small_group(shipped, service, variant):
    hand = shipped[service].hand
    check_burdens(shipped[service], variant, hand.group(WEST), with_shapley=True)
    check_burdens(shipped[service], variant, hand.group(NOABERKRACHT | {"Borne"}), with_shapley=True)


@pytest.mark.parametrize(("service", "variant"), VARIANTS)
def test_burdens_of_everyone(shipped, service, variant):
    check_burdens(shipped[service], variant, shipped[service].hand.group(None), with_shapley=False)


@pytest.mark.parametrize(("service", "variant"), VARIANTS + ON_REQUEST)
def test_burdens_with_answers_another_level_and_no_interest(small, service, variant):
    check_burdens(small[service], variant, small[service].hand.group(None), with_shapley=True)


def divide_in_draw(hand, variant, members, d):
    """What each player pays in one draw under each key, all of that draw."""
    parts = hand.joint(variant, members, d)
    if not hand.admits(variant, members):  # all stand apart
        own, alone = sum(parts["own"]), hand.cost(variant, members, d)
        parts = {**parts, "total": alone, "charge": alone - own, "vat": 0.0, "annuity": 0.0}
    found = hand.per_key(members, lambda t: hand.cost(variant, t, d), parts)
    found["shapley"] = shapley(members, {t: hand.cost(variant, t, d) for t in coalitions(members)})
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_shares_and_discontent_in_every_draw_of_a_small_region(small, service):
    hand, explored = small[service].hand, small[service].explored
    members = hand.group(None)
    variants = explored.case.variants
    for d in range(0, DRAWS, 8):
        proper = coalitions(members)[:-1]
        envelope = {t: hand.least(variants, t, lambda v, t, d=d: hand.cost(v, t, d)) for t in proper}
        for variant in variants:
            for key, paid in divide_in_draw(hand, variant, members, d).items():
                number = explored.keys.index(key)
                for i in members:
                    assert close(explored.allocation[variant][number, d, i], paid[i])
                gain = max(sum(paid[i] for i in t) - envelope[t] for t in proper)
                assert explored.gain[variant][number, d] == pytest.approx(gain, rel=CLOSE, abs=1e-4)


@pytest.mark.parametrize(("service", "variant"), VARIANTS + ON_REQUEST)
def test_the_group_that_gains_most_in_the_expected_game(small, service, variant):
    hand = small[service].hand
    members = hand.group(None)
    finding = group_finding(small[service].explored, small[service].study, variant, members)
    variants = small[service].case.variants
    games = [
        {t: hand.expected(lambda d, t=t, v=v: hand.cost(v, t, d)) for t in coalitions(members)}
        for v in variants
    ]
    game = games[variants.index(variant)]
    envelope = {t: hand.least(variants, t, lambda v, t: games[variants.index(v)][t]) for t in game}
    parts = hand.expected_parts(variant, members)
    game = {**game, members: parts["total"]}
    paid = hand.per_key(members, lambda t: game[t], parts) | {"shapley": shapley(members, game)}
    for found in finding.keys:
        if found.key not in paid:
            continue
        gains = {t: sum(paid[found.key][i] for i in t) - envelope[t] for t in game if t != members}
        worst = max(gains, key=gains.get)
        assert found.gain == pytest.approx(max(gains[worst], 0.0), rel=CLOSE, abs=1e-4)
        towns = {t: tuple(sorted(town.code for i in t for town in hand.players[i])) for t in gains}
        ties = {towns[t] for t in gains if gains[t] == pytest.approx(gains[worst], rel=CLOSE)}
        assert found.blocking in (ties if gains[worst] > 1e-4 else {()})
        if not hand.admits(variant, members):
            assert found.blocked is None
            continue
        limit = hand.study["drempels"]["stabiliteit"]
        number = small[service].explored.keys.index(found.key)
        blocked = [
            small[service].explored.gain[variant][number, d] > limit * hand.cost(variant, members, d)
            for d in range(DRAWS)
        ]
        assert close(found.blocked, mean(blocked))
