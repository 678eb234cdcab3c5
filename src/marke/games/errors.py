"""What is refused: arrays that are no game, and games too large for exact work."""

PLAYERS_AT_MOST = 24
"""Exact work stops here: 2^24 float64 entries are 128 MiB."""


class NotAGameError(ValueError):
    """The array, or what goes with it, describes no cost game; the message names what is wrong."""


class TooManyPlayersError(ValueError):
    """More players than exact work can hold; the message names the alternative."""

    def __init__(self, players: int) -> None:
        super().__init__(
            f"{players} players are too many for exact work (at most {PLAYERS_AT_MOST}); "
            "shapley_sampled estimates the Shapley value of a larger game from its cost function"
        )
