"""Cost games on plain arrays: index = bitmask, entry 0 = 0, cost and never profit."""

from marke.games.errors import PLAYERS_AT_MOST, NotAGameError, TooManyPlayersError
from marke.games.keys import (
    equal,
    proportional,
    proportional_to_alone,
    separable_costs_remaining_benefits,
    tau_value,
    within_structure,
)
from marke.games.lattice import lower_envelope, members_of, players_of, savings, sizes, subgame, subset_sums
from marke.games.lexicographic import (
    least_core,
    nucleolus,
    per_capita_nucleolus,
    per_capita_prenucleolus,
    prenucleolus,
)
from marke.games.marginal import potential, shapley, shapley_of, shapley_weights
from marke.games.partition import (
    is_subadditive,
    optimal_structure,
    optimal_structures,
    structures_within,
    subadditive_cover,
)
from marke.games.sampling import SampledShapley, shapley_sampled
from marke.games.stability import (
    blocking_count,
    core_is_empty,
    excess,
    in_core,
    is_concave,
    most_blocking,
    most_blocking_each,
)

__all__ = [
    "PLAYERS_AT_MOST",
    "NotAGameError",
    "SampledShapley",
    "TooManyPlayersError",
    "blocking_count",
    "core_is_empty",
    "equal",
    "excess",
    "in_core",
    "is_concave",
    "is_subadditive",
    "least_core",
    "lower_envelope",
    "members_of",
    "most_blocking",
    "most_blocking_each",
    "nucleolus",
    "optimal_structure",
    "optimal_structures",
    "per_capita_nucleolus",
    "per_capita_prenucleolus",
    "players_of",
    "potential",
    "prenucleolus",
    "proportional",
    "proportional_to_alone",
    "savings",
    "separable_costs_remaining_benefits",
    "shapley",
    "shapley_of",
    "shapley_sampled",
    "shapley_weights",
    "sizes",
    "structures_within",
    "subadditive_cover",
    "subgame",
    "subset_sums",
    "tau_value",
    "within_structure",
]
