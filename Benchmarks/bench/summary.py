"""What is said of the rounds of a measurement."""
import statistics


def rates(answers, key="tokensPerSecond"):
    return [answer[key] for answer in answers]


def fastest(answers):
    """The round with the most tokens a second."""
    return max(answers, key=lambda answer: answer["tokensPerSecond"])


class Comparison:
    """One of our variants beside the fastest of PyTorch's ways."""

    def __init__(self, ours, peers):
        """`ours`: the answers of the rounds; `peers`: those of each way."""
        self.ours = ours
        self.best, self.median = max(rates(ours)), statistics.median(rates(ours))
        self.way = max(peers, key=lambda way: max(rates(peers[way])), default=None)
        if self.way is None:
            self.peer_best = self.peer_median = self.ratio = self.median_ratio = None
            return
        # Round by round, the way that was faster in it.
        by_round = [max(parts) for parts in zip(*(rates(answers) for answers in peers.values()))]
        self.peer_best, self.peer_median = max(by_round), statistics.median(by_round)
        self.ratio = self.best / self.peer_best
        self.median_ratio = statistics.median(a / b for a, b in zip(rates(ours), by_round))


def comparisons(figure):
    """A comparison for each of our variants that was measured."""
    return {name: Comparison(answers, figure["peer"]) for name, answers in figure["ours"].items() if answers}


def short(number):
    """A rate with three digits: 1.23M, 456k, 789."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if number >= size * 0.9995:
            scaled = number / size
            return f"{scaled:.{2 if scaled < 9.995 else 1 if scaled < 99.95 else 0}f}{unit}"
    return f"{number:.0f}"


def times(ratio):
    return "–" if ratio is None else f"{ratio:.1f}×" if ratio < 9.95 else f"{ratio:.0f}×"
