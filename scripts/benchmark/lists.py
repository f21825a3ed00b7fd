"""Every documented list, page after page, one request at a time."""

import http.client
import math
import time
import urllib.parse

PAGES = 100
PASSES = 3

ORDERS = ["created_at", "updated_at", "priority", "due_date", "status"]
STATUSES = ["open", "in_progress", "pending", "resolved", "closed"]
PRIORITIES = ["low", "medium", "high", "urgent", "critical"]
OTHERS = ["tickets/my_tickets/?", "users/?", "categories/?", "tags/?", "departments/?"]
UNPAGED = ["tags/popular/", "tickets/stats/", "tickets/stats/summary/"]


def questions(pair):
    """What the documents let a client ask for, by name: no filter or one, each order both ways, and the other lists.

    Who and what is asked for differs between sizes; the name says only what sort of thing it is.
    """
    newest = pair.get("/api/v1/tickets/?page_size=1")["results"][0]
    assigned = pair.get("/api/v1/tickets/?status=in_progress&page_size=100")["results"]
    assignee = next(ticket["assigned_to"]["id"] for ticket in assigned if ticket["assigned_to"])
    popular = pair.get("/api/v1/tags/popular/")
    tag = (popular["results"] if isinstance(popular, dict) else popular)[0]["name"]
    queries = ["", *(f"status={word}" for word in STATUSES), *(f"priority={word}" for word in PRIORITIES)]
    queries += [f"ordering={sign}{word}" for word in ORDERS for sign in ("", "-")] + ["ordering=-created_at,priority"]
    queries += ["category_id=technical", "created_after=2020-01-01", "created_before=2100-01-01"]
    tickets = {f"tickets/?{query}": f"tickets/?{query}" for query in queries}
    tickets["tickets/?created_by_id=…"] = f"tickets/?created_by_id={newest['created_by']['id']}"
    tickets["tickets/?assigned_to_id=…"] = f"tickets/?assigned_to_id={assignee}"
    tickets["tickets/?tags=…"] = f"tickets/?tags={urllib.parse.quote(tag)}"
    return {**tickets, **{path: path for path in OTHERS}}


def walk(pair):
    """The p99 in milliseconds of each."""
    server = http.client.HTTPConnection(urllib.parse.urlsplit(pair.ours).netloc)
    found = {name: p99(time_pages(server, pair, f"/api/v1/{path}")) for name, path in questions(pair).items()}
    found.update({path: p99([ask(server, pair, f"/api/v1/{path}")[0] for _ in range(PAGES * PASSES)]) for path in UNPAGED})
    return found


def time_pages(server, pair, path):
    took = []
    for _ in range(PASSES):
        for page in range(1, PAGES + 1):
            spent, status = ask(server, pair, f"{path}&page={page}")
            if status == 404:
                break
            took.append(spent)
    return took


def ask(server, pair, path):
    start = time.perf_counter()
    server.request("GET", path.replace("?&", "?"), headers={"Authorization": f"Bearer {pair.token}"})
    answer = server.getresponse()
    answer.read()
    spent = (time.perf_counter() - start) * 1000
    if answer.status not in (200, 404):
        raise SystemExit(f"{path}: {answer.status}")
    return spent, answer.status


def p99(took):
    return sorted(took)[min(len(took) - 1, math.ceil(len(took) * 0.99) - 1)]
