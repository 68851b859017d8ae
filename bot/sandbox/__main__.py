"""`python -m bot.sandbox`: the workspace alone, until interrupted; prints what a bot needs to know."""

import argparse
import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from bot.sandbox.faults import BadFault, Fault
from bot.sandbox.seed import SlackRules
from bot.sandbox.server import Sandbox


def main() -> None:
    """Run the sandbox from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A Slack-compatible local workspace.")
    parser.add_argument("--port", type=int, default=0, help="where to listen on 127.0.0.1 (default: any free port)")
    parser.add_argument("--journal", type=Path, help="append every Slack call to this file")
    parser.add_argument("--token", help="the control token (default: random)")
    parser.add_argument("--bot-token", help="the app's bot token (default: random)")
    parser.add_argument("--app-token", help="the app's connection token (default: random)")
    parser.add_argument("--request-url", help="deliver over signed HTTP to this address on this machine")
    parser.add_argument("--signing-secret", help="what those requests are signed with (default: random)")
    parser.add_argument(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="NAME[:DETAIL=VALUE,...]",
        help="let this go wrong, such as rate_limited:method=chat.update,times=3",
    )
    parser.add_argument("--no-agent-features", action="store_true", help="behave like a workspace without them")
    options = parser.parse_args()
    rules = replace(SlackRules(), agent_features=not options.no_agent_features)
    sandbox = Sandbox(
        rules=rules,
        port=options.port,
        journal=options.journal,
        token=options.token,
        bot_token=options.bot_token,
        app_token=options.app_token,
        request_url=options.request_url,
        signing_secret=options.signing_secret,
        faults=options.fault,
    )
    try:
        asyncio.run(_serve(sandbox))
    except KeyboardInterrupt:
        sys.exit(0)


def _fault(text: str) -> Fault:
    try:
        return Fault.parse(text)
    except BadFault as error:
        raise argparse.ArgumentTypeError(str(error)) from error


async def _serve(sandbox: Sandbox) -> None:
    async with sandbox:
        lines = [
            f"SLACK_API_URL={sandbox.api_url}",
            f"SLACK_BOT_TOKEN={sandbox.bot_token}",
            f"SLACK_APP_TOKEN={sandbox.app_token}",
            f"# page: {sandbox.page_url}",
            f"SLACK_SIGNING_SECRET={sandbox.signing_secret}",
        ]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
