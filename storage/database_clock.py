"""The database's own clock, in seconds: the one clock that all processes on a database agree on."""

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement


class database_seconds(FunctionElement[float]):  # noqa: N801 (it reads as the SQL function that it is)
    """Seconds since 1970 by the database's clock, at this statement."""

    type = Float()
    inherit_cache = True
    name = "database_seconds"


@compiles(database_seconds, "sqlite")
def _for_sqlite(_element: database_seconds, _compiler: Any, **_more: Any) -> str:  # noqa: ANN401 (SQLAlchemy's signature)
    # sqlite.org/lang_datefunc.html: days, with milliseconds in the fraction; 2440587.5 is 1970
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(database_seconds, "postgresql")
def _for_postgresql(_element: database_seconds, _compiler: Any, **_more: Any) -> str:  # noqa: ANN401 (as above)
    # now() would be the moment at which the transaction began.
    return "extract(epoch from clock_timestamp())::double precision"
