"""`make deploy`: a guided first deployment; later ones ask for consent and missing keys, and keep what was set."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping

import boto3

from operations import build, inbox, parameters, sam, trust
from operations.account import Account, reach, room_for_callbacks
from operations.errors import OperationError, told
from operations.questions import Questions
from operations.target import describe, outputs_of, parameters_of, stack_name

# With "-ReconcileVideos" behind it, a function's name stays within Lambda's 64 characters.
STACK = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,47}", re.ASCII)


def deploy(
    stack: str,
    account: Account,
    given: Mapping[str, str],
    api_keys: Mapping[str, str],
    questions: Questions,
    run_sam: build.Sam = sam.run,
    finish: build.Finish = build.finish,
    look: Callable[[str], None] | None = None,
) -> None:
    """Secrets first, since the stack's first tick already reads them; then the stack. `look` is `trust.check_region`."""
    if not STACK.fullmatch(stack):
        raise OperationError(
            f'"{stack}" cannot be a stack: up to 48 letters, digits and hyphens, a letter first.'
        )
    found = describe(account.client("cloudformation"), stack)
    if found and found["StackStatus"] == "ROLLBACK_COMPLETE":
        raise OperationError(
            f"An earlier first deployment of {stack} failed. `make delete STACK={stack}`, then again."
        )
    print(
        f"{'Updating' if found else 'Creating'} the stack {stack} in {account.region}, account {account.number}."
    )
    questions.confirm("This costs next to nothing while idle.", "yes")
    known = {trust.PARAMETER: trust.AMAZON, **parameters_of(found or {}), **given}
    if look is not None and known[trust.PARAMETER] == trust.AMAZON:
        look(account.region)
    own = given.get(inbox.PARAMETER, parameters_of(found or {}).get(inbox.PARAMETER, ""))
    if own:
        inbox.announce(account, own, questions)
    _secrets(account, parameters.parameter_path(stack), api_keys, questions)
    chosen = dict(given) if found else {**_choices(account, given, questions), **given}

    build.build(environment=account.environment, run_sam=run_sam, finish=finish)
    arguments = ["--stack-name", stack, "--region", account.region]
    if chosen:
        arguments += ["--parameter-overrides", *(f"{name}={value}" for name, value in chosen.items())]
    if run_sam("deploy", *arguments, environment=account.environment):
        raise OperationError(
            "`sam deploy` failed; its reasons stand above. The secrets are kept for the next try."
        )
    if own:
        inbox.turn_on(account, own)
    _what_next(account, stack)


def _secrets(account: Account, path: str, api_keys: Mapping[str, str], questions: Questions) -> None:
    """`api_keys` by their parameters' names; APIXO's must be there in the end, Modellix's may."""
    ssm = account.client("ssm")
    there, keys = parameters.existing(ssm, path), dict(api_keys)
    if parameters.API_KEY not in keys and f"{path}/{parameters.API_KEY}" not in there:
        unasked = "Set APIXO_API_KEY: nobody is asked with --yes."
        keys[parameters.API_KEY] = questions.secret("APIXO API key", unasked)
    modellix = f"{path}/{parameters.MODELLIX_API_KEY}"
    if parameters.MODELLIX_API_KEY not in keys and modellix not in there:
        given = questions.optional_secret("Modellix API key")
        keys |= {parameters.MODELLIX_API_KEY: given} if given else {}
    for name, key in keys.items():
        parameters.put_api_key(ssm, path, key, name)
        print(f"Stored the provider's key as {path}/{name}.")
    if parameters.ensure_callback_keys(ssm, path):
        print(f"Made the key that signs callback links: {path}/{parameters.CALLBACK_KEYS}.")
    if parameters.ensure_webhook_key(ssm, path):
        print(f"Made the key that webhooks' secrets derive from: {path}/{parameters.WEBHOOK_KEY}.")


def _choices(account: Account, given: Mapping[str, str], questions: Questions) -> dict[str, str]:
    """What a first deployment has to choose and the template cannot know."""
    chosen = {}
    if "AlarmEmail" not in given:
        chosen["AlarmEmail"] = questions.ask("Mail alarms to", "")
    if "CallbackReservedConcurrency" not in given:
        limit, proposed = room_for_callbacks(account.client("lambda"))
        if proposed:
            text = f"Of {limit} executions at once, keep free for callbacks"
            chosen["CallbackReservedConcurrency"] = questions.ask(text, str(proposed))
        else:
            print(f"This account may run {limit} executions at once: no room to reserve any for callbacks.")
    return {name: value for name, value in chosen.items() if value}


def _what_next(account: Account, stack: str) -> None:
    outputs = outputs_of(describe(account.client("cloudformation"), stack) or {})
    print("\nDeployed.")
    for key, value in outputs.items():
        print(f"  {key:22} {value}")
    here = f"STACK={stack} AWS_REGION={account.region}"
    print(
        f"""
Next, a key for yourself, and a first video:

  KEY=$({here} make -s key OWNER=me)
  curl -s {outputs.get("ApiUrl", "API_URL")}/v1/videos -H "Authorization: Bearer $KEY" \\
       -H "Content-Type: application/json" -d '{{"prompt": "A paper boat sails down a rainy street"}}'

If you gave an address for alarms, confirm the mail that AWS sent to it. `{here} make delete` takes the stack down."""
    )


def main() -> None:
    """Read the command line and the environment, ask for what they leave out."""
    parser = argparse.ArgumentParser(prog="python -m operations.deploy", description=__doc__)
    parser.add_argument("--stack", help="its name; STACK in the environment, else asked")
    parser.add_argument("--region", help="AWS_REGION or your profile's, else asked")
    parser.add_argument(
        "--endpoint-url", default=os.environ.get("AWS_ENDPOINT_URL"), help="another AWS, to try it out"
    )
    parser.add_argument(
        "--parameter", action="append", default=[], metavar="NAME=VALUE", help="of the template"
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help="ask nothing; the providers' keys come from APIXO_API_KEY and MODELLIX_API_KEY",
    )
    arguments = parser.parse_args()
    if wrong := [word for word in arguments.parameter if "=" not in word]:
        parser.error(f"--parameter {wrong[0]}: not of the form NAME=VALUE")
    given = dict(word.split("=", 1) for word in arguments.parameter)

    questions = Questions(yes=arguments.yes)
    stack = arguments.stack or os.environ.get("STACK") or questions.ask("Name of the stack", stack_name())
    region = arguments.region or os.environ.get("AWS_REGION") or boto3.Session().region_name
    region = region or questions.ask("Region", "eu-west-1")
    account = reach(region, arguments.endpoint_url)
    environment = {parameters.API_KEY: "APIXO_API_KEY", parameters.MODELLIX_API_KEY: "MODELLIX_API_KEY"}
    keys = {name: os.environ.get(variable, "") for name, variable in environment.items()}
    look = None if arguments.endpoint_url else trust.check_region
    deploy(stack, account, given, {name: key for name, key in keys.items() if key}, questions, look=look)


if __name__ == "__main__":
    sys.exit(told(main))
