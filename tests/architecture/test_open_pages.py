"""Closed by default: every page that needs no sign-in is listed here, on purpose.

Opening a page is a visible act: add its name with the reason it may be read by anybody.
"""

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.api.permissions import WithScope

#: namespace:name of every page a stranger may open
OPEN = {
    # reading
    "pages:home",
    "pages:notices",
    "pages:notice",
    "pages:help",
    "pages:help_page",
    "pages:open_data",
    "pages:open_data_manifest",
    "pages:open_data_file",
    "pages:api_docs",
    "pages:about",
    "pages:accessibility",
    "pages:privacy",
    "pages:site_map",
    "pages:sitemap_xml",
    "pages:robots",
    "matters:guide",
    "matters:check",
    "matters:materials",
    "matters:history",
    "matters:sample",
    "matters:sample_page",
    "matters:sample_pdf",
    "matters:short_link",
    "matters:person",
    "matters:organisation",
    "matters:theme",
    "matters:stage",
    "matters:agencies",
    "matters:agency",
    "matters:catalogue",
    "matters:catalogue_csv",
    "matters:catalogue_xlsx",
    "matters:public_lists",
    "matters:public_list",
    "matters:search",
    "matters:places",
    "matters:place",
    "matters:place_matters",
    # the reader's own settings and words
    "pages:display",
    "pages:feedback",
    "pages:feedback_thanks",
    "matters:guide_feedback",
    # development: answers 404 unless PORTAL_GALLERY is on
    "pages:gallery",
    # the way in and out
    "accounts:sign_in",
    "accounts:sign_out",
    "accounts:admin_sign_in",
    "accounts:admin_sign_out",
    # the open interface: what the pages say, for other systems; no cookie is read
    "api:index",
    "api:matters",
    "api:matter",
    "api:editions",
    "api:edition",
    "api:items",
    "api:materials",
    "api:themes",
    "api:theme",
    "api:agencies",
    "api:agency",
    "api:centres",
    "api:centre",
    "api:codes",
    "api:changes",
    "api:search",
    "api:description",
    # for machines
    "healthz",
    "readyz",
    # Django's own: catalogue of translations for the admin's scripts
    "admin:jsi18n",
    "admin:login",
}


def walk(patterns, space=()):
    """Every pattern with its full name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*space, pattern.namespace) if pattern.namespace else space
            yield from walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*space, pattern.name or str(pattern.pattern))), pattern.callback


def open_names(patterns) -> set[str]:
    """Names of the pages that opted out of the sign-in."""
    return {name for name, view in walk(patterns) if is_open(view)}


def is_open(view) -> bool:
    """A page by its mark; a view of the interface (which knows no sign-in) by its permission."""
    if hasattr(view, "cls") and hasattr(view.cls, "permission_classes"):
        return WithScope not in view.cls.permission_classes
    return not getattr(view, "login_required", True)


def test_exactly_the_listed_pages_are_open():
    assert open_names(get_resolver().url_patterns) - OPEN == set()


def test_the_list_names_no_page_that_is_gone_or_closed():
    found = open_names(get_resolver().url_patterns)
    assert OPEN - found - {"admin:jsi18n", "admin:login"} == set()


def test_a_page_opened_by_mistake_is_seen():
    from django.contrib.auth.decorators import login_not_required
    from django.urls import path

    def closed(request): ...

    @login_not_required
    def leaked(request): ...

    patterns = [path("a/", closed, name="closed"), path("b/", leaked, name="leaked")]
    assert open_names(patterns) == {"leaked"}


def test_every_other_page_sends_a_stranger_to_the_sign_in(client, db):
    for address in ("/me/security/", "/me/password/", "/admin/", "/admin/matters/matter/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(("/login/", "/admin/login/"))
