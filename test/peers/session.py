"""A session of boto3 with the endpoint: every service once, errors by their code, paging, binary data."""

import gzip
import io
import json
import os
import time
import urllib.request

import boto3
from botocore.exceptions import ClientError


def client(name):
    return boto3.client(name)


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def trust(service):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allow(actions, resource):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resource}]})


def flush():
    request = urllib.request.Request(os.environ["AWS_ENDPOINT_URL"] + "/_usage-tracker/flush", data=b"", method="POST")
    urllib.request.urlopen(request).read()


def identity_and_roles():
    assert client("sts").get_caller_identity()["Account"] == "000000000000"
    iam = client("iam")
    iam.create_role(RoleName="deliver", AssumeRolePolicyDocument=trust("firehose.amazonaws.com"))
    iam.create_role(RoleName="send", AssumeRolePolicyDocument=trust("events.amazonaws.com"))
    iam.put_role_policy(RoleName="deliver", PolicyName="p", PolicyDocument=allow(["s3:PutObject"], "arn:aws:s3:::lake/*"))
    # botocore decodes the URL-encoded document.
    document = iam.get_role(RoleName="send")["Role"]["AssumeRolePolicyDocument"]
    assert document["Statement"][0]["Principal"] == {"Service": "events.amazonaws.com"}, document
    assert code_of(iam.get_role, RoleName="nobody") == "NoSuchEntity"
    assert code_of(iam.create_role, RoleName="send", AssumeRolePolicyDocument=trust("x")) == "EntityAlreadyExists"


def objects():
    s3 = client("s3")
    s3.create_bucket(Bucket="lake")
    body = bytes(range(256)) * 20
    s3.put_object(Bucket="lake", Key="a b/ü+%.bin", Body=body, Metadata={"made-by": "boto3"})
    answer = s3.get_object(Bucket="lake", Key="a b/ü+%.bin")
    assert answer["Body"].read() == body and answer["Metadata"] == {"made-by": "boto3"}
    assert s3.get_object(Bucket="lake", Key="a b/ü+%.bin", Range="bytes=10-19")["Body"].read() == body[10:20]
    s3.upload_fileobj(io.BytesIO(b"streamed"), "lake", "streamed.txt")
    assert s3.get_object(Bucket="lake", Key="streamed.txt")["Body"].read() == b"streamed"
    for i in range(7):
        s3.put_object(Bucket="lake", Key=f"many/{i}", Body=b"x")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="lake", Prefix="many/", PaginationConfig={"PageSize": 3})
    assert [o["Key"] for page in pages for o in page["Contents"]] == [f"many/{i}" for i in range(7)]
    folders = s3.list_objects_v2(Bucket="lake", Delimiter="/")["CommonPrefixes"]
    assert [folder["Prefix"] for folder in folders] == ["a b/", "many/"], folders
    s3.delete_objects(Bucket="lake", Delete={"Objects": [{"Key": f"many/{i}"} for i in range(7)]})
    assert s3.list_objects_v2(Bucket="lake", Prefix="many/")["KeyCount"] == 0
    assert code_of(s3.get_object, Bucket="lake", Key="absent") == "NoSuchKey"
    assert code_of(s3.head_object, Bucket="lake", Key="absent") == "404"
    assert code_of(s3.list_objects_v2, Bucket="nothing-here") == "NoSuchBucket"


def queue():
    sqs = client("sqs")
    url = sqs.create_queue(QueueName="letters")["QueueUrl"]
    attributes = {"WHO": {"DataType": "String", "StringValue": "me"}}
    sqs.send_message(QueueUrl=url, MessageBody="hello", MessageAttributes=attributes)
    message = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], WaitTimeSeconds=1)["Messages"][0]
    assert message["Body"] == "hello" and message["MessageAttributes"]["WHO"]["StringValue"] == "me"
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    assert code_of(sqs.get_queue_url, QueueName="absent") == "AWS.SimpleQueueService.NonExistentQueue"


def road():
    firehose, events = client("firehose"), client("events")
    stream = firehose.create_delivery_stream(
        DeliveryStreamName="usage",
        ExtendedS3DestinationConfiguration={
            "RoleARN": "arn:aws:iam::000000000000:role/deliver",
            "BucketARN": "arn:aws:s3:::lake",
            "Prefix": "raw/!{timestamp:yyyy}/",
            "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
            "CompressionFormat": "GZIP",
        },
    )["DeliveryStreamARN"]
    policy = allow(["firehose:PutRecord", "firehose:PutRecordBatch"], stream)
    client("iam").put_role_policy(RoleName="send", PolicyName="p", PolicyDocument=policy)
    events.create_event_bus(Name="usage")
    events.put_rule(Name="all", EventBusName="usage", EventPattern='{"source":[{"prefix":"shop"}]}')
    target = {"Id": "t", "Arn": stream, "RoleArn": "arn:aws:iam::000000000000:role/send"}
    events.put_targets(Rule="all", EventBusName="usage", Targets=[target])
    entries = [{"EventBusName": "usage", "Source": "shop.web", "DetailType": "order", "Detail": json.dumps({"n": n})} for n in range(10)]
    assert events.put_events(Entries=entries)["FailedEntryCount"] == 0
    firehose.put_record_batch(DeliveryStreamName="usage", Records=[{"Data": b"direct"}])
    flush()
    s3 = client("s3")
    keys = [o["Key"] for o in s3.list_objects_v2(Bucket="lake", Prefix="raw/")["Contents"]]
    text = b"".join(gzip.decompress(s3.get_object(Bucket="lake", Key=key)["Body"].read()) for key in keys).decode()
    assert text.count('"detail-type":"order"') == 10 and "direct" in text
    assert code_of(events.put_rule, Name="bad", EventPattern='{"source":"shop"}') == "InvalidEventPatternException"
    assert code_of(events.describe_rule, Name="absent") == "ResourceNotFoundException"
    assert events.test_event_pattern(
        EventPattern='{"detail":{"n":[{"numeric":[">",3]}]}}',
        Event=json.dumps({"id": "1", "account": "1", "source": "s", "time": "2026-01-01T00:00:00Z", "region": "r", "resources": [], "detail-type": "d", "detail": {"n": 4}}),
    )["Result"]


def tables():
    athena = client("athena")
    query = athena.start_query_execution(
        QueryString="SELECT 1 AS one, CAST(NULL AS varchar) AS nothing, 'it''s' AS text",
        ResultConfiguration={"OutputLocation": "s3://lake/results/"},
    )["QueryExecutionId"]
    state = ""
    while state not in ("SUCCEEDED", "FAILED", "CANCELLED"):
        status = athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]
        state = status["State"]
        time.sleep(0.05)
    assert state == "SUCCEEDED", status
    rows = athena.get_query_results(QueryExecutionId=query)["ResultSet"]["Rows"]
    assert rows[1]["Data"] == [{"VarCharValue": "1"}, {}, {"VarCharValue": "it's"}], rows
    assert code_of(client("glue").get_table, DatabaseName="no", Name="no") == "EntityNotFoundException"


def schemas():
    registry = client("schemas")
    registry.create_registry(RegistryName="contracts")
    content = {"openapi": "3.0.0", "info": {"version": "1.0.0", "title": "Order"}, "paths": {}, "components": {"schemas": {"Order": {"type": "object"}}}}
    registry.create_schema(RegistryName="contracts", SchemaName="shop@Order", Type="OpenApi3", Content=json.dumps(content))
    found = registry.describe_schema(RegistryName="contracts", SchemaName="shop@Order")
    assert json.loads(found["Content"]) == content and found["SchemaVersion"] == "1"
    assert code_of(registry.describe_schema, RegistryName="contracts", SchemaName="no") == "NotFoundException"


for step in (identity_and_roles, objects, queue, road, tables, schemas):
    step()
    print(step.__name__, "ok")
print("session complete")
