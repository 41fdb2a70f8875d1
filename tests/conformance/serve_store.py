"""Serves moto's S3 on loopback, with checks of signatures and permissions enabled, until stdin is closed.

Prints one line of JSON: the endpoint, and the key of a user who may do everything in S3.
"""

import json
import logging
import os
import sys

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
endpoint = f"http://{host}:{port}"

# Only for setup: nothing is checked yet.
os.environ.update(AWS_ACCESS_KEY_ID="setup", AWS_SECRET_ACCESS_KEY="setup")
options = {"region_name": "us-east-1", "endpoint_url": endpoint}
iam = boto3.client("iam", **options)
iam.create_user(UserName="curator")
iam.put_user_policy(
    UserName="curator",
    PolicyName="store",
    PolicyDocument=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
        }
    ),
)
key = iam.create_access_key(UserName="curator")["AccessKey"]
boto3.client("s3", **options).create_bucket(Bucket="lab")
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0

print(
    json.dumps(
        {
            "endpoint": endpoint,
            "accessKeyId": key["AccessKeyId"],
            "secretAccessKey": key["SecretAccessKey"],
        }
    ),
    flush=True,
)
sys.stdin.read()
server.stop()
