"""What heavy work does to the rest: logins to the list's p99, an upload and an export to memory."""

import contextlib
import http.client
import itertools
import json
import threading
import time
import urllib.parse

from . import load

LOGINS_A_SECOND = 20
UPLOAD = 25 * 1024 * 1024 - 1024
CONNECTIONS = 4
# Rate limits are off: one account is as good as many.
LOGIN = json.dumps({"email": "customer@example.com", "password": "customer123"})


def measure(pair):
    return [logins(pair), watched(pair, "upload of 25 MB", send), watched(pair, "export of all tickets", export)]


def logins(pair):
    ask = lambda: load.wrk(pair.ours, "/api/v1/tickets/", "", {}, pair.token).p99
    alone = ask()
    done = itertools.count()
    with repeating(lambda: (log_in(pair), next(done)), LOGINS_A_SECOND):
        began, first = time.monotonic(), next(done)
        busy = ask()
        answered = (next(done) - first - 1) / (time.monotonic() - began)
    name = f"list, p99 ms ({LOGINS_A_SECOND} logins a second asked, {answered:.1f} answered)"
    return [name, f"{alone:.2f}", f"{busy:.2f}", f"{busy / alone:.2f}"]


def log_in(pair):
    server = http.client.HTTPConnection(urllib.parse.urlsplit(pair.ours).netloc, timeout=60)
    with contextlib.suppress(OSError, http.client.HTTPException):
        server.request("POST", "/api/v1/auth/login/", LOGIN, {"Content-Type": "application/json"})
        server.getresponse().read()
    server.close()


@contextlib.contextmanager
def repeating(work, times_a_second):
    """Begins it so often, whether or not what was begun is done."""
    stopped = threading.Event()

    def begin():
        while not stopped.wait(1 / times_a_second):
            threading.Thread(target=work, daemon=True).start()

    beginning = threading.Thread(target=begin, daemon=True)
    beginning.start()
    try:
        yield
    finally:
        stopped.set()
        beginning.join()


def watched(pair, what, work):
    """How much memory the process takes meanwhile."""
    before = pair.anonymous_kilobytes()
    highest = before
    stopped = threading.Event()

    def watch():
        nonlocal highest
        while not stopped.wait(0.002):
            highest = max(highest, pair.anonymous_kilobytes())

    watching = threading.Thread(target=watch)
    watching.start()
    said = work(pair)
    stopped.set()
    watching.join()
    name = f"{what} ({said}), memory in MB"
    return [name, f"{before / 1024:.1f}", f"{highest / 1024:.1f}", f"+{(highest - before) / 1024:.1f}"]


def send(pair):
    mark = "benchmark"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="big.log"\r\nContent-Type: text/plain\r\n\r\n'
    line = b"a line of a long log, one like the other\n"
    body = head.encode() + (line * (UPLOAD // len(line) + 1))[:UPLOAD] + f"\r\n--{mark}--\r\n".encode()
    server = http.client.HTTPConnection(urllib.parse.urlsplit(pair.ours).netloc, timeout=120)
    headers = {"Authorization": f"Bearer {pair.token}", "Content-Type": f"multipart/form-data; boundary={mark}"}
    server.request("POST", "/api/v1/files/upload/", body, headers)
    return f"answered {server.getresponse().status}"


def export(pair):
    server = http.client.HTTPConnection(urllib.parse.urlsplit(pair.ours).netloc, timeout=600)
    start = time.monotonic()
    server.request("GET", "/api/v1/tickets/export/?format=csv", headers={"Authorization": f"Bearer {pair.token}"})
    answer = server.getresponse()
    length = len(answer.read(1))
    first = time.monotonic() - start
    while part := answer.read(1 << 20):
        length += len(part)
    return f"first byte after {first * 1000:.0f} ms, {length / 1e6:.0f} MB in {time.monotonic() - start:.1f} s"
