"""What was measured, as tables."""


def rows(titles, lines):
    widths = [max(len(line[at]) for line in [titles, *lines]) for at in range(len(titles))]
    tell = lambda line: "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
    return "\n".join([tell(titles), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(tell, lines)]) + "\n\n"


def loads(measured):
    if not measured:
        return ""
    titles = ["tickets", "what", "ours/s", "floor/s", "ratio", "p50 ms", "p99 ms", "memory MB", "failures"]
    return rows(titles, [load(one) for one in measured])


def load(one):
    mean = lambda runs, what: sum(getattr(run, what) for run in runs) / len(runs)
    ours = mean(one.ours, "rate")
    floor = mean(one.floor, "rate") if one.floor else None
    return [
        f"{one.size:,}",
        one.what,
        f"{ours:,.0f}",
        f"{floor:,.0f}" if floor else "–",
        f"{ours / floor:.2f}" if floor else "–",
        f"{mean(one.ours, 'p50'):.2f}",
        f"{max(run.p99 for run in one.ours):.2f}",
        str(one.memory),
        str(sum(run.failures for run in one.ours + one.floor)),
    ]


def walks(measured):
    if not measured:
        return ""
    small, large = min(measured), max(measured)
    lines = []
    for path, took in measured[small].items():
        grown = measured[large][path]
        lines.append([path, f"{took:.2f}", f"{grown:.2f}", f"{grown / took:.2f}"])
    return rows(["list, first hundred pages", f"p99 ms at {small:,}", f"at {large:,}", "ratio"], lines)


def others(measured):
    return rows(["beside", "alone", "with it", "ratio or difference"], measured) if measured else ""


def answers(measured):
    lines = [[path, f"{half:.2f}", f"{most:.2f}", str(limit)] for path, limit, half, most in measured]
    return rows(["one request at a time", "p50 ms", "p99 ms", "p99 may be"], lines) if lines else ""
