"""What stands beside tickets: articles, work orders, FAQs and figures, at the sizes that they are meant for."""

import concurrent.futures
import http.client
import json
import random
import urllib.parse

from . import lists, servers

ARTICLES = 100_000
WORK_ORDERS = 100_000
FAQS = 10_000
WORDS = ["printer", "password", "network", "invoice", "vpn", "screen"]
ASKED = 200

# The path, and the p99 in milliseconds that it may take. A word stands for {word}, the beginning of one for {part}.
QUESTIONS = [
    ("/api/v1/knowledge-base/articles/", 25),
    ("/api/v1/knowledge-base/articles/?ordering=-views", 25),
    ("/api/v1/knowledge-base/articles/?status=published&page=50", 25),
    ("/api/v1/knowledge-base/articles/?search={word}", 25),
    ("/api/v1/knowledge-base/articles/?search={part}", 25),
    ("/api/v1/work-orders/", 25),
    ("/api/v1/work-orders/?status=completed", 25),
    ("/api/v1/work-orders/?ordering=scheduled_at&page=50", 25),
    ("/api/v1/work-orders/?search={word}", 25),
    ("/api/help/faqs", 50),
    ("/api/help/faqs?category=technical", 50),
    ("/api/help/faqs?search={word}", 50),
    ("/api/help/search?q={word}", 50),
    ("/api/v1/analytics/dashboard/?date_range=30d", 150),
    ("/api/v1/analytics/dashboard/?date_range=90d", 150),
    ("/api/v1/analytics/dashboard/?date_range=1y", 150),
    ("/api/v1/analytics/performance/", 150),
]


def measure(pair):
    """For each question its median and its p99."""
    fill(pair)
    server = http.client.HTTPConnection(urllib.parse.urlsplit(pair.ours).netloc)
    return [(path, limit, *ask(server, pair, path)) for path, limit in QUESTIONS]


def ask(server, pair, path):
    chosen = random.Random(1)
    took = []
    for _ in range(ASKED):
        word = chosen.choice(WORDS)
        took.append(lists.ask(server, pair, path.format(word=word, part=word[:3]))[0])
    return sorted(took)[len(took) // 2], lists.p99(took)


def fill(pair):
    """Once for each database. The generator writes beside the running server, as any replica would."""
    if pair.get("/api/v1/work-orders/?page_size=1")["count"] < WORK_ORDERS:
        command = [servers.HELPDESK, "seed", "--articles", ARTICLES, "--work-orders", WORK_ORDERS]
        servers.run(command, **servers.settings(pair.database, pair.folder))
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda part: write_faqs(pair, part), range(4)))


def write_faqs(pair, part):
    server = http.client.HTTPConnection(urllib.parse.urlsplit(pair.ours).netloc)
    for number in range(part, FAQS, 4):
        faq = {
            "question": f"How do I fix {WORDS[number % 6]} {number} on floor {number % 40}?",
            "answer": f"Open the settings, choose network {number % 97}, and restart the {WORDS[number % 5]}.",
            "category": ["technical", "account", "general", "billing"][number % 4],
            "display_order": number % 50,
        }
        headers = {"Authorization": f"Bearer {pair.token}", "Content-Type": "application/json"}
        server.request("POST", "/api/help/faqs", json.dumps(faq), headers)
        answer = server.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"an FAQ was refused: {answer.status}")
