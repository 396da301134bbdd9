"""python boto3_threads.py URL BODIES THREADS SECONDS: PutEvents of ten usage events by boto3; prints {events, seconds}."""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

url, bodies, threads, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
with open(bodies) as lines:
    inputs = [json.loads(line) for line in lines]
client = boto3.client(
    "events",
    endpoint_url=url,
    region_name="eu-west-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
    config=Config(max_pool_connections=threads),
)


def send(first):
    events = 0
    while time.monotonic() < end_at:
        answer = client.put_events(**inputs[(first + events // 10) % len(inputs)])
        if answer["FailedEntryCount"]:
            raise RuntimeError("entries failed")
        events += 10
    return events


started_at = time.monotonic()
end_at = started_at + seconds
with ThreadPoolExecutor(threads) as pool:
    total = sum(pool.map(send, range(threads)))
print(json.dumps({"events": total, "seconds": time.monotonic() - started_at}))
