"""The editor's side of a language server: it opens documents and asks what an editor asks."""

import itertools
import json
import queue
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Self

Json = Any

# Positions and ranges as the protocol counts them: lines and characters from 0.
Place = tuple[int, int]
Range = tuple[Place, Place]

# A server that says nothing for so long fails its test.
_PATIENCE = 20.0
# Nothing hangs longer than the process lives, not even a write that it does not read.
_LIFETIME = 120.0

_ABILITIES: Json = {
    "workspace": {"configuration": True},
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {},
    },
}


class LanguageServer:
    """A server in a process of its own, spoken with over its standard streams."""

    def __init__(self, command: Sequence[str], settings: Mapping[str, Json]) -> None:
        self._settings = settings
        self._configured = False
        self._numbers = itertools.count(1)
        self._messages: queue.Queue[Json] = queue.Queue()
        self._answers: dict[int, Json] = {}
        self._diagnostics: dict[str, list[Json]] = {}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._end = threading.Timer(_LIFETIME, self._process.kill)

    def __enter__(self) -> Self:
        self._listener.start()
        self._end.start()
        try:
            self._ask(
                "initialize", {"processId": None, "rootUri": None, "capabilities": _ABILITIES}
            )
            self._tell("initialized", {})
            deadline = time.monotonic() + _PATIENCE
            while not self._configured:
                self._receive(deadline)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._close()

    def open(self, uri: str, text: str) -> None:
        """Show a text, as it stands in the editor, under the address of its file."""
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})

    def completion(self, uri: str, place: Place) -> list[Json]:
        """Return all that is proposed at a place."""
        return list(self._ask("textDocument/completion", _at(uri, place))["items"])

    def hover(self, uri: str, place: Place) -> str:
        """Return the Markdown that shows when the mouse rests on a place."""
        found = self._ask("textDocument/hover", _at(uri, place))
        return str(found["contents"]["value"]) if found else ""

    def diagnostics(self, uri: str) -> list[Json]:
        """Return what is marked in an open document, once the server has looked it through."""
        deadline = time.monotonic() + _PATIENCE
        while uri not in self._diagnostics:
            self._receive(deadline)
        return self._diagnostics[uri]

    def _ask(self, method: str, parameters: Json) -> Json:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": parameters})
        deadline = time.monotonic() + _PATIENCE
        while number not in self._answers:
            self._receive(deadline)
        answer = self._answers.pop(number)
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, parameters: Json) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = _pipe(self._process.stdin)
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        stream.flush()

    def _receive(self, deadline: float) -> None:
        """Wait for one message and do what it asks for."""
        try:
            message = self._messages.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise TimeoutError("the language server does not answer") from None
        if message is None:
            raise EOFError("the language server has ended")
        method, parameters = message.get("method"), message.get("params")
        if method is None:
            self._answers[message["id"]] = message
        elif "id" in message:
            self._send({"id": message["id"], "result": self._answer(method, parameters)})
        elif method == "textDocument/publishDiagnostics":
            self._diagnostics[parameters["uri"]] = parameters["diagnostics"]

    def _answer(self, method: str, parameters: Json) -> Json:
        if method != "workspace/configuration":
            return None
        self._configured = True
        return [self._settings.get(item["section"]) for item in parameters["items"]]

    def _listen(self) -> None:
        """Queue every message, and None behind the last one."""
        stream = _pipe(self._process.stdout)
        while body := _next_body(stream):
            self._messages.put(json.loads(body))
        self._messages.put(None)

    def _close(self) -> None:
        self._end.cancel()
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            # What a server that has died did not read stays unread.
            with suppress(BrokenPipeError):
                _pipe(stream).close()


def range_of(diagnostic: Json) -> Range:
    """Return the part of the document that a diagnostic marks."""
    start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
    return (start["line"], start["character"]), (end["line"], end["character"])


def _at(uri: str, place: Place) -> Json:
    line, character = place
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


def _next_body(stream: IO[bytes]) -> bytes:
    """Read one message; an empty one says that the stream has ended, in its middle or not."""
    length = 0
    while header := stream.readline().strip():
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    body = stream.read(length)
    return body if len(body) == length else b""


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream
    return stream
