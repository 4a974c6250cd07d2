"""How long pages take from a service that has just started, and again.

python tests/bench/explorer.py
"""

import subprocess
import sys
import time

import httpx

PAGES = (
    "/",
    "/drug/venetoclax",
    "/trial/NCT01564784",
    "/disease/acute-myeloid-leukemia",
    "/question/status",
    "/network/target/CD33",
    "/conflicts",
    "/assets/search.js",
    "/drug/venetoclax?as-of=2016-12-31",
)
TIMES = 5


def seconds(client, page):
    begun = time.perf_counter()
    client.get(page).raise_for_status()
    return time.perf_counter() - begun


def main():
    begun = time.perf_counter()
    words = [sys.executable, "-m", "kg.cli", "serve", "--port", "0"]
    service = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    address = service.stderr.readline().strip().removesuffix("/sparql")
    headers = {"accept": "text/html"}
    with httpx.Client(base_url=address, timeout=120, headers=headers) as client:
        while client.get("/health").status_code != 200:
            time.sleep(0.01)
        print(f"| it answers | {time.perf_counter() - begun:.2f} s | |")
        for page in PAGES:
            first = seconds(client, page)
            again = sorted(seconds(client, page) for _ in range(TIMES))[TIMES // 2]
            print(f"| `{page}` | {first:.2f} s | {again * 1000:.0f} ms |")
    service.terminate()
    service.wait()


if __name__ == "__main__":
    main()
