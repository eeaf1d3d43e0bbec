"""Which troubles of a database are the surroundings' fault, and what to call them."""

from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from errors import StoreUnavailable

# https://www.postgresql.org/docs/15/errcodes-appendix.html
REASONS = {
    "3D000": "database",
    "28P01": "password",
    "28000": "password",
    "42501": "permission",
    "25006": "permission",
    "55P03": "busy",
}
UNDEFINED_TABLE = "42P01"


def is_trouble(error: DatabaseError) -> bool:
    """Whether the database, not the program, is at fault."""
    state = _read_state(error)
    is_torn_file = type(error) is DatabaseError
    return is_torn_file or isinstance(error, OperationalError) or state in {*REASONS, UNDEFINED_TABLE}


def say_unavailable(url: URL, error: DatabaseError) -> StoreUnavailable:
    """The trouble with its reason, the database's own words on one line, and no secret."""
    return StoreUnavailable(_find_reason(url, error), url=show(url), seen=" ".join(str(error.orig).split()))


def show(url: URL) -> str:
    """The address without its secrets."""
    return url.set(query={}).render_as_string(hide_password=True)


def _read_state(error: DatabaseError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _find_reason(url: URL, error: DatabaseError) -> str:
    if url.get_backend_name() != "postgresql":
        return "busy" if "database is locked" in str(error.orig) else ""
    if "EXTENSION" in (error.statement or ""):
        return "postgis"
    if state := _read_state(error):
        return REASONS.get(state, "")
    return _find_connection_reason(error)


def _find_connection_reason(error: DatabaseError) -> str:
    """Why no connection came about: the driver gives no code for that, only words and what it tried."""
    if "does not exist" in str(error.orig):
        return "database"
    attempt = getattr(error.orig, "pgconn", None)
    if attempt is not None and (attempt.needs_password or attempt.used_password):
        return "password"
    return "server"
