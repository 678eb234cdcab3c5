"""Pages about accounts: the first administrator, signing in and out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from marke.errors import InputError
from marke.web.accounts.forms import NewAccountForm
from marke.web.accounts.services import create_first_administrator, is_first_token, sign_in


@require_http_methods(["GET", "POST"])
def first_time(request: HttpRequest, token: str) -> HttpResponse:
    """Make the administrator of a new workspace; 404 without the token, or when there is one."""
    if not is_first_token(token):
        raise Http404
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = create_first_administrator(token=token, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            sign_in(request, user)
            return redirect("home")
    return render(request, "accounts/first_time.html", {"form": form}, status=422 if form.errors else 200)
