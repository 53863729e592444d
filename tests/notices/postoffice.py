"""A mail server for tests."""

from __future__ import annotations

import email
import socketserver
from email.message import EmailMessage
from email.policy import default


class Post(socketserver.ThreadingTCPServer):
    """A mail server of one test. `answers` maps a command to what is said in place of 250; the answer
    None hangs up."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str | None] = {}
        self.address = f"smtp://127.0.0.1:{self.server_address[1]}"


class _Dialogue(socketserver.StreamRequestHandler):
    server: Post

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            command = line.split()[0].upper()
            if command == "DATA":
                self.say("354 go on")
                text = b""
                while (piece := self.rfile.readline()) not in {b".\r\n", b""}:
                    text += piece
            answer = self.server.answers.get(command, "250 ok")
            if answer is None:
                return
            if command == "DATA" and answer.startswith("250"):
                self.server.taken.append(email.message_from_bytes(text, policy=default))
            self.say("221 bye" if command == "QUIT" else answer)
            if command == "QUIT":
                return
