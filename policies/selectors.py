"""Reading policies."""

import datetime

from policies.models import PolicyVersion
from policies.parsing import parse_policy
from policies.schema import Policy


def version_in_force(on: datetime.date) -> PolicyVersion:
    """The version that governs a report received on this local date.

    A report from before the first version falls under the first: every version stands until the next.
    Raises PolicyVersion.DoesNotExist where the active landlord has no policy.
    """
    versions = PolicyVersion.objects.exclude(status="draft").defer("content")
    found = versions.filter(in_force__contains=on).first()
    return found or versions.order_by("number")[:1].get()


def policy_of(version: PolicyVersion) -> Policy:
    """The parsed policy of a stored version; parsed once per process, because a version never changes."""
    cached = _parsed.get(version.pk)
    if cached is None or cached[0] != version.content_sha256:
        policy = parse_policy(version.content, version.source_file, version.number)
        cached = _parsed[version.pk] = (version.content_sha256, policy)
    return cached[1]


_parsed: dict[int, tuple[str, Policy]] = {}
