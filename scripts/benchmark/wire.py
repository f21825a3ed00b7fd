"""What is pushed: how long an event is on its way to a websocket, and what idle websockets take."""

import base64
import datetime
import http.client
import json
import multiprocessing
import os
import resource
import socket
import struct
import threading
import time
import urllib.parse

from . import lists

CREATES_A_SECOND = 500
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
IDLE = 10_000
WRITERS = 8
# Who hears nothing for so many seconds has heard all.
SILENCE = 5
TICKET = json.dumps({"title": "A ticket that is heard of", "description": "x"})


def measure(pair):
    return [relay(pair), idle(pair)]


def relay(pair):
    """From the event's own time, which is taken before the commit, to its frame: never less than what is asked for.

    Whoever listens is a process of its own: a thread would wait for the writers' threads.
    """
    ready, heard = multiprocessing.Event(), multiprocessing.Queue()
    listening = multiprocessing.Process(target=listen, args=(pair, ready, heard))
    listening.start()
    ready.wait(10)
    created = create(pair)
    lags = heard.get()
    listening.join()
    half = sorted(lags)[len(lags) // 2] if lags else float("nan")
    name = f"commit to websocket, ms ({created / SECONDS:.0f} creates a second, {created - len(lags)} of {created} not heard)"
    return [name, f"p50 {half:.1f}", f"p99 {lists.p99(lags):.1f}" if lags else "–", "≤ 200"]


def listen(pair, ready, heard):
    opened = connect(pair)
    frames, lags = Frames(opened), []
    ready.set()
    opened.settimeout(SILENCE)
    while (text := frames.next()) is not None:
        event = json.loads(text)
        if event.get("type") == "ticket.created":
            happened = datetime.datetime.fromisoformat(event["occurred_at"].replace("Z", "+00:00")).timestamp()
            lags.append((time.time() - happened) * 1000)
    heard.put(lags)


def create(pair):
    """So many tickets a second, each writer at its own beats; answers how many were made."""
    made = []
    writers = [threading.Thread(target=write, args=(pair, number, made)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return sum(made)


def write(pair, number, made):
    server = http.client.HTTPConnection(urllib.parse.urlsplit(pair.ours).netloc)
    headers = {"Authorization": f"Bearer {pair.token}", "Content-Type": "application/json"}
    begin, beat, done = time.monotonic(), WRITERS / CREATES_A_SECOND, 0
    while time.monotonic() < begin + SECONDS:
        wait = begin + (done + number / WRITERS) * beat - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        server.request("POST", "/api/v1/tickets/", TICKET, headers)
        answer = server.getresponse()
        answer.read()
        done += answer.status == 201
    made.append(done)


def idle(pair):
    """As many as the machine lets a process open, at most the ten thousand that are promised."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    count = min(IDLE, most - 200)
    before = pair.anonymous_kilobytes()
    open_ones = [connect(pair) for _ in range(count)]
    time.sleep(1)
    after = pair.anonymous_kilobytes()
    for one in open_ones:
        one.close()
    return [f"{count} idle websockets, MB", f"{before / 1024:.0f}", f"{after / 1024:.0f}", f"+{(after - before) / 1024:.0f}"]


def connect(pair):
    """A websocket that hears everything that the admin may."""
    place = urllib.parse.urlsplit(pair.ours)
    opened = socket.create_connection((place.hostname, place.port), 10)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /ws/notifications/ HTTP/1.1",
        f"Host: {place.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        f"Authorization: Bearer {pair.token}",
    ]
    opened.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += opened.recv(1)
    if b" 101 " not in head.split(b"\r\n", 1)[0]:
        raise SystemExit(f"no websocket: {head.decode()}")
    return opened


class Frames:
    """What a server sends, text by text (RFC 6455; a server's frames are not masked)."""

    def __init__(self, opened):
        self.file = opened.makefile("rb")

    def next(self):
        while True:
            try:
                head = self.file.read(2)
                if len(head) < 2:
                    return None
                length = head[1] & 0x7F
                if length >= 126:
                    form = ">H" if length == 126 else ">Q"
                    (length,) = struct.unpack(form, self.file.read(struct.calcsize(form)))
                payload = self.file.read(length)
            except (OSError, ValueError):
                return None
            if head[0] & 0x0F == 1:
                return payload
