"""Which other sites may read an answer in a browser (Fetch standard, CORS)."""

from django.http import HttpRequest, HttpResponse

#: headers a script of another site may read besides the safe ones
EXPOSED = "ETag, Link, Retry-After"
SAFE_METHODS = ("GET", "HEAD")


def open_to_all_sites(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let every site read what an anonymous reader gets; an answer to a token stays with its owner.

    There is nothing to steal: no cookie is read here, and everybody gets the same answer.
    """
    if request.method in SAFE_METHODS and "HTTP_AUTHORIZATION" not in request.META:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
