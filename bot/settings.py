"""The settings: the only reader of the environment, read once."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from orchestration.models.claude.cloud import Cloud
from orchestration.models.claude.models import DEFAULT_MODEL, DEFAULT_PARTNER_MODEL, find_last_day
from recipes.errors import UserFixableError
from recipes.ids import UserId
from recipes.server_tool import ServerTool
from recipes.spend import CHANNEL_MONTH_USD, MONTH_USD, PERSON_MONTH_USD, TICKET_TOKENS, TICKET_USD, Caps

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
ENV_FILE: Final = ".env"
# Both stand in the address that is asked.
_PLACE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9:.-]{0,62}")
_USER_ID: Final = re.compile(r"[UW][A-Z0-9]+")
SLACK_API_URL: Final = "https://slack.com/api/"


class Settings(BaseSettings):
    """Everything that can be set, from the environment or from `.env`."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True, env_prefix=""
    )

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK_API_URL
    anthropic_api_key: SecretStr | None = None
    anthropic_base_url: str | None = None
    aws_bearer_token_bedrock: SecretStr | None = None

    agent_model: str = Field(default=DEFAULT_MODEL, validation_alias="THREADWORK_MODEL")
    partner_model: str = Field(default=DEFAULT_PARTNER_MODEL, validation_alias="THREADWORK_PARTNER_MODEL")
    model_host: Literal["anthropic", "bedrock", "vertex"] = Field(
        default="anthropic", validation_alias="THREADWORK_MODEL_HOST"
    )
    model_region: str | None = Field(default=None, validation_alias="THREADWORK_MODEL_REGION")
    model_project: str | None = Field(default=None, validation_alias="THREADWORK_MODEL_PROJECT")
    home: Path = Field(default=Path(".threadwork"), validation_alias="THREADWORK_HOME")
    database_url: str | None = Field(default=None, validation_alias="THREADWORK_DATABASE_URL")
    files_url: str | None = Field(default=None, validation_alias="THREADWORK_FILES_URL")
    brand: Path | None = Field(default=None, validation_alias="THREADWORK_BRAND")
    prices: Path | None = Field(default=None, validation_alias="THREADWORK_PRICES")
    ticket_tokens: int = Field(default=TICKET_TOKENS, ge=0, validation_alias="THREADWORK_TICKET_TOKENS")
    ticket_usd: Decimal = Field(default=TICKET_USD, ge=0, validation_alias="THREADWORK_TICKET_USD")
    person_month_usd: Decimal = Field(default=PERSON_MONTH_USD, ge=0, validation_alias="THREADWORK_PERSON_MONTH_USD")
    channel_month_usd: Decimal = Field(default=CHANNEL_MONTH_USD, ge=0, validation_alias="THREADWORK_CHANNEL_MONTH_USD")
    month_usd: Decimal = Field(default=MONTH_USD, ge=0, validation_alias="THREADWORK_MONTH_USD")
    server_tools: Literal["all", "web_search", "code_execution", "none"] = Field(
        default="all", validation_alias="THREADWORK_SERVER_TOOLS"
    )
    previews: bool = Field(default=True, validation_alias="THREADWORK_PREVIEWS")
    admins: str = Field(default="", validation_alias="THREADWORK_ADMINS")
    bind: str = Field(default="127.0.0.1:8780", validation_alias="THREADWORK_BIND")
    journal: Path | None = Field(default=None, validation_alias="THREADWORK_JOURNAL")
    log: Literal["json", "console"] = Field(default="console", validation_alias="THREADWORK_LOG")

    @field_validator("slack_api_url")
    @classmethod
    def _check_api_url(cls, url: str) -> str:
        _check_private(url, "tokens")
        return url if url.endswith("/") else f"{url}/"

    @field_validator("anthropic_base_url")
    @classmethod
    def _check_base_url(cls, url: str | None) -> str | None:
        if url is not None:
            _check_private(url, "the key")
        return url

    @field_validator("agent_model", "partner_model")
    @classmethod
    def _check_model(cls, model: str) -> str:
        if last_day := find_last_day(model):
            gone = f"{last_day.day} {last_day:%B %Y}"
            raise ValueError(f"names {model}, which the provider takes away after {gone}: set {DEFAULT_MODEL}, say")
        return model

    @field_validator("admins")
    @classmethod
    def _check_admins(cls, admins: str) -> str:
        if strange := [each for each in _split(admins) if not _USER_ID.fullmatch(each)]:
            raise ValueError(f"holds {strange[0]}, which is no id of a Slack user: U0123ABCD, say")
        return admins

    @field_validator("bind")
    @classmethod
    def _check_bind(cls, bind: str) -> str:
        host, _, port = bind.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65_535:  # noqa: PLR2004 (the highest port there is)
            raise ValueError("is not of the form HOST:PORT")
        return bind

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("starts with neither sqlite:/// nor postgresql://")
        return url

    @field_validator("files_url")
    @classmethod
    def _check_files(cls, url: str | None) -> str | None:
        scheme, mark, rest = (url or "").partition("://")
        if mark and (scheme != "s3" or not rest.strip("/")):
            raise ValueError("is neither a folder nor of the form s3://bucket/prefix")
        return url

    @model_validator(mode="after")
    def _check_tokens(self) -> Self:
        for name, token, start in (
            ("SLACK_BOT_TOKEN", self.slack_bot_token, "xoxb-"),
            ("SLACK_APP_TOKEN", self.slack_app_token, "xapp-"),
        ):
            if token is not None and not token.get_secret_value().startswith(start):
                raise ValueError(f"{name} does not start with {start}")
        return self

    @model_validator(mode="after")
    def _check_cloud(self) -> Self:
        for name, value, hosts, example in (
            ("THREADWORK_MODEL_REGION", self.model_region, {"bedrock", "vertex"}, "eu-central-1 or global"),
            ("THREADWORK_MODEL_PROJECT", self.model_project, {"vertex"}, "the id of a project of Google Cloud"),
        ):
            if value is None and self.model_host in hosts:
                raise ValueError(f"{name} is not set, and THREADWORK_MODEL_HOST={self.model_host} needs it: {example}")
            if value is not None and not _PLACE.fullmatch(value):
                raise ValueError(f"{name} is no name of a region or project: letters, digits and hyphens")
        return self

    @property
    def cloud(self) -> Cloud | None:
        """Give the cloud that the language models are asked of; None where it is their provider itself."""
        if self.model_host == "anthropic" or self.model_region is None:
            return None
        return Cloud(name=self.model_host, region=self.model_region, project=self.model_project)

    @property
    def model_key(self) -> str | None:
        """Give the key for whoever has the language models; None where there is none."""
        keys = {"anthropic": self.anthropic_api_key, "bedrock": self.aws_bearer_token_bedrock}
        key = keys.get(self.model_host)
        return None if key is None else key.get_secret_value()

    @property
    def database(self) -> str:
        """Give the database URL; without a setting, a SQLite file under home."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'threadwork.db'}"

    @property
    def files(self) -> str:
        """Give where files are kept; without a setting, a folder under home."""
        return self.files_url or str(self.home / "files")

    @property
    def allowed_tools(self) -> frozenset[ServerTool]:
        """Give the server tools that people may tick where a recipe offers them; no cloud has any."""
        if self.cloud is not None:
            return frozenset()
        return frozenset(each for each in ServerTool if self.server_tools in {"all", each.value})

    @property
    def caps(self) -> Caps:
        """Give how far accounts of model calls go."""
        return Caps(
            ticket_tokens=self.ticket_tokens,
            ticket_usd=self.ticket_usd,
            person_month_usd=self.person_month_usd,
            channel_month_usd=self.channel_month_usd,
            month_usd=self.month_usd,
        )

    @property
    def admin_ids(self) -> frozenset[UserId]:
        """Give who may raise the cap of a piece of work."""
        return frozenset(UserId(each) for each in _split(self.admins))

    @property
    def is_shared(self) -> bool:
        """Tell whether several processes may work on the database."""
        return self.database.startswith("postgresql")


def _split(listed: str) -> list[str]:
    return [each.strip() for each in listed.split(",") if each.strip()]


def _check_private(url: str, secret: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError(f"is neither https nor on this machine, so {secret} would travel in the clear")


_KEY_OF: Final = {
    name: field.validation_alias if isinstance(field.validation_alias, str) else name.upper()
    for name, field in Settings.model_fields.items()
}
KEYS: Final = frozenset(_KEY_OF.values())


@dataclass(eq=False)
class SettingsRefused(UserFixableError):
    """A setting is unknown or does not fit."""

    problem: str

    def advice(self) -> str:
        """Name the setting and what is wrong with it."""
        return self.problem


def list_given(settings: Settings) -> list[str]:
    """Give the names of what was set, without the values."""
    return [key for name, key in _KEY_OF.items() if name in settings.model_fields_set]


def read_settings(environment: dict[str, str], **overrides: Any) -> Settings:  # noqa: ANN401 (a setting's value)
    """Give the settings.

    Args:
        environment: Only looked at for unknown keys, as `.env` is; the values are read by pydantic, from both.
        overrides: What a command sets itself.

    Raises:
        SettingsRefused: a `THREADWORK_` key is unknown, or a value does not fit.
    """
    named = {*environment, *(key.upper() for key in dotenv_values(ENV_FILE))}
    if unknown := sorted(key for key in named if key.startswith("THREADWORK_") and key not in KEYS):
        raise SettingsRefused(f"There is no setting {unknown[0]}; the settings are {', '.join(sorted(KEYS))}.")
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        place = str(first["loc"][0]).upper() if first["loc"] else ""
        said = first["msg"].removeprefix("Value error, ")
        raise SettingsRefused(f"{place} {said}.".strip()) from error
