"""Lints policies: what names a resource with parliament, what is on a role with cfn-lint.

Reads a JSON list of {"name", "form", "document"} from standard input; `form` is identity, trust or resource. Writes the
findings as a JSON list of {"name", "linter", "issue", "detail"}.
"""

import json
import sys

import parliament
from cfnlint.api import lint
from cfnlint.config import ManualArgs

# A template may hold 500 resources (CloudFormation quotas).
CHUNK = 400
STATEMENT = {
    "Effect": "Allow",
    "Principal": {"Service": "events.amazonaws.com"},
    "Action": "sts:AssumeRole",
}
TRUST = {"Version": "2012-10-17", "Statement": [STATEMENT]}


def by_parliament(policy):
    analyzed = parliament.analyze_policy_string(json.dumps(policy["document"]))
    for finding in analyzed.findings:
        # IAM wants letters and digits; "some services allow additional characters" (IAM user guide, "Sid").
        if policy["form"] == "resource" and finding.issue == "INVALID_SID":
            continue
        detail = str(finding.detail)
        yield {"name": policy["name"], "linter": "parliament", "issue": finding.issue, "detail": detail}


def role_of(policy):
    document = policy["document"]
    if policy["form"] == "trust":
        properties = {"AssumeRolePolicyDocument": document}
    else:
        inline = [{"PolicyName": "p", "PolicyDocument": document}]
        properties = {"AssumeRolePolicyDocument": TRUST, "Policies": inline}
    return {"Type": "AWS::IAM::Role", "Properties": properties}


def by_cfn_lint(policies):
    resources = {f"P{i}": role_of(policy) for i, policy in enumerate(policies)}
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    for match in lint(json.dumps(template), config=ManualArgs(regions=["eu-west-1"])):
        name = policies[int(str(match.path[1])[1:])]["name"]
        yield {"name": name, "linter": "cfn-lint", "issue": match.rule.id, "detail": match.message}


def main():
    policies = json.load(sys.stdin)
    findings = []
    for policy in policies:
        if policy["form"] != "trust":
            findings += by_parliament(policy)
    on_roles = [policy for policy in policies if policy["form"] != "resource"]
    for start in range(0, len(on_roles), CHUNK):
        findings += by_cfn_lint(on_roles[start : start + CHUNK])
    json.dump(findings, sys.stdout)


main()
