"""The page where a person makes and ends keys."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marke.errors import InputError
from marke.web.api.forms import KeyForm
from marke.web.api.keys import keys_of, make_key, revoke
from marke.web.operations.limits import KEYS, limited
from marke.web.tenancy.access import person_of


@never_cache
@require_http_methods(["GET", "POST"])
@limited(KEYS)
@login_required
def keys(request: HttpRequest) -> HttpResponse:
    """Show a person's keys, and make one; its secret is shown this once."""
    form, secret = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            secret = make_key(
                user=person_of(request), name=given["name"], rights=form.rights(), days=int(given["days"])
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            form = KeyForm()
    shown = {"form": form, "secret": secret, "keys": keys_of(person_of(request))}
    return render(request, "api/keys.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def end_key(request: HttpRequest, key: UUID) -> HttpResponse:
    """End one of a person's own keys; another's does not exist."""
    found = next((each for each in keys_of(person_of(request)) if each.pk == key), None)
    if found is None:
        raise Http404
    revoke(found)
    messages.success(request, f"De sleutel '{found.name}' werkt niet meer.")
    return redirect("keys")
