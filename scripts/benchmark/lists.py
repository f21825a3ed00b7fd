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


def paths(pair):
    """What the documents let a client ask for: no filter or one, each order both ways, and the other lists."""
    one = pair.get("/api/v1/tickets/?page_size=1")["results"][0]
    assigned = pair.get("/api/v1/tickets/?status=in_progress&page_size=1")["results"][0]["assigned_to"]
    tag = pair.get("/api/v1/tags/popular/")
    tag = (tag["results"] if isinstance(tag, dict) else tag)[0]["name"]
    filters = [f"status={word}" for word in STATUSES] + [f"priority={word}" for word in PRIORITIES]
    filters += [
        "category_id=technical",
        f"created_by_id={one['created_by']['id']}",
        f"tags={urllib.parse.quote(tag)}",
        "created_after=2020-01-01",
        "created_before=2100-01-01",
    ]
    filters += [f"assigned_to_id={assigned['id']}"] if assigned else []
    orders = [f"ordering={sign}{word}" for word in ORDERS for sign in ("", "-")] + ["ordering=-created_at,priority"]
    tickets = ["/api/v1/tickets/?", *(f"/api/v1/tickets/?{query}" for query in filters + orders)]
    others = ["tickets/my_tickets/?", "users/?", "categories/?", "tags/?", "departments/?"]
    single = ["tags/popular/", "tickets/stats/", "tickets/stats/summary/"]
    return tickets + [f"/api/v1/{path}" for path in others], [f"/api/v1/{path}" for path in single]


def walk(pair):
    """The p99 in milliseconds of each."""
    paged, single = paths(pair)
    server = http.client.HTTPConnection(urllib.parse.urlsplit(pair.ours).netloc)
    found = {path: p99(time_pages(server, pair, path)) for path in paged}
    found.update({path: p99([ask(server, pair, path)[0] for _ in range(PAGES * PASSES)]) for path in single})
    # The seventh person of one size has another id than that of the other: what is compared is the question.
    return {path.split("_id=")[0] if "by_id=" in path or "to_id=" in path else path: took for path, took in found.items()}


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
