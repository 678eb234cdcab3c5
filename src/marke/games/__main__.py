"""``python -m marke.games < cost.csv``: allocations and stability of the game in a table."""

import sys

from marke.games.table import describe, read_table

USAGE = "usage: python -m marke.games < cost.csv    (rows: coalition,cost with members joined by + or spaces)"


def main() -> int:
    """Read the table on standard input and print what it holds; exit status 2 for bad input."""
    if len(sys.argv) > 1:
        print(USAGE, file=sys.stdout if sys.argv[1] in {"-h", "--help"} else sys.stderr)
        return 0 if sys.argv[1] in {"-h", "--help"} else 2
    try:
        names, game = read_table(sys.stdin)
    except (ValueError, UnicodeDecodeError) as problem:
        print(problem, file=sys.stderr)
        return 2
    print(describe(names, game))
    return 0


if __name__ == "__main__":
    sys.exit(main())
