"""Getting ready: the landlord of a chronology under its policy, with people to do the work."""

from pathlib import Path

from asbcases.replay.noticing import REPLAY
from asbcases.replay.reading import Chronology
from asbcases.replay.stage import Stage, actor_keys, hire
from landlords.models import Landlord
from policies.checking import POLICY_FILES, policy_paths
from policies.management.answering import BadInput
from policies.parsing import PolicyError, parse_policy, read_content
from policies.schema import Policy
from policies.selectors import policy_of, version_in_force
from policies.services import PolicyFile, load_policies
from policies.working_time import LONDON

FOLDERS = (POLICY_FILES, POLICY_FILES.parent / "demo")


def policy_files() -> dict[str, Path]:
    """The policy files that come with the product, by landlord."""
    return {path.stem: path for folder in FOLDERS for path in policy_paths(folder)}


def landlord_of(chronology: Chronology) -> Landlord:
    """The landlord as it is loaded, else from its policy file. Raises BadInput for one nobody knows."""
    known = Landlord.objects.filter(key=chronology.landlord).first()
    if known is not None:
        return known
    path = policy_files().get(chronology.landlord)
    if path is None:
        raise BadInput([_unknown(chronology)])
    content = read_content(path)
    load_policies([PolicyFile(path.name, parse_policy(content, path.name), content)], by=REPLAY)
    return Landlord.objects.get(key=chronology.landlord)


def stage_for(chronology: Chronology, landlord: Landlord) -> Stage:
    """Under the policy in force when the account begins. Raises BadInput where somebody acts who is not there."""
    begins = chronology.events[0].at.astimezone(LONDON).date()
    policy = policy_of(version_in_force(begins))
    errors = list(_nobody_like_that(chronology, policy))
    if errors:
        raise BadInput(errors)
    return Stage(landlord, policy, hire(policy))


def _unknown(chronology: Chronology) -> PolicyError:
    keys = sorted({*policy_files(), *Landlord.objects.values_list("key", flat=True)})
    expected = f"one of {', '.join(keys)}"
    message = "this landlord is not known"
    return PolicyError(chronology.file, "landlord", chronology.landlord, expected, message)


def _nobody_like_that(chronology: Chronology, policy: Policy) -> list[PolicyError]:
    known = actor_keys(policy)
    return [
        PolicyError(
            chronology.file,
            f"events[{number}].{'by' if event.by else 'position'}",
            event.actor_key,
            f"one of {', '.join(known)}",
            "nobody of that description works for this landlord",
        )
        for number, event in enumerate(chronology.events)
        if event.actor_key not in known
    ]
