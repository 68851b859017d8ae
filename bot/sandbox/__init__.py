"""A Slack-compatible local workspace: one aiohttp application, in memory, on 127.0.0.1 only.

It imports nothing of Threadwork; a bot reaches it through `SLACK_API_URL` alone. `Sandbox` (server.py) is the
workspace, `Person` (person.py) is somebody who uses it.
"""
