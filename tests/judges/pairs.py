"""Pairwise combinations: few rows in which every possible pair of choices stands together once.

Rows are found by a greedy search with backtracking, so a pair is left out only if no whole row
that respects the constraints can hold it. No randomness: the same choices give the same rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

Row = dict[str, str]
Pair = tuple[tuple[str, str], tuple[str, str]]
Impossible = Callable[[Row], bool]


def pairwise(choices: Mapping[str, Sequence[str]], impossible: Impossible) -> list[Row]:
    """Return rows that cover every possible pair; `impossible` judges partly filled rows too."""
    open_pairs = {((a, x), (b, y)): None for a, b in combinations(choices, 2) for x in choices[a] for y in choices[b]}
    rows: list[Row] = []
    while open_pairs:
        seed = next(iter(open_pairs))
        row = next(_completions(dict(seed), choices, open_pairs, impossible), None)
        if row is None:
            del open_pairs[seed]
            continue
        rows.append(row)
        for pair in _pairs_of(row, choices):
            open_pairs.pop(pair, None)
    return rows


def _pairs_of(row: Row, choices: Mapping[str, Sequence[str]]) -> Iterator[Pair]:
    for a, b in combinations(choices, 2):
        yield ((a, row[a]), (b, row[b]))


def _completions(
    row: Row, choices: Mapping[str, Sequence[str]], wanted: dict[Pair, None], impossible: Impossible
) -> Iterator[Row]:
    if impossible(row):
        return
    missing = [name for name in choices if name not in row]
    if not missing:
        yield row
        return
    order = list(choices)
    name = missing[0]

    def covered(value: str) -> int:
        """Count the open pairs that this value would close."""
        return sum(
            (
                ((name, value), (other, have))
                if order.index(name) < order.index(other)
                else ((other, have), (name, value))
            )
            in wanted
            for other, have in row.items()
        )

    ranked = sorted(choices[name], key=lambda value: -covered(value))
    for value in ranked:
        yield from _completions({**row, name: value}, choices, wanted, impossible)
