"""A running service for tests."""

import contextlib
import socket
import threading
import time

import uvicorn

from kg.serve.app import Service
from kg.serve.impatience import impatient
from kg.serve.settings import Settings


@contextlib.contextmanager
def serving(place, **settings):
    """The address of a service over the store in a folder, and the service."""
    listener = socket.create_server(("127.0.0.1", 0))
    made = Settings(processes=1, **settings)
    service = Service(place, made)
    server = uvicorn.Server(
        uvicorn.Config(service.app, http=impatient(made.limits.patience), log_level="error")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", service
    finally:
        server.should_exit = True
        thread.join(20)
