"""Signing in and out, and choosing the landlord to act for."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from landlords.lookups import memberships_of
from landlords.middleware import SESSION_KEY
from landlords.models import Landlord


class SignInForm(AuthenticationForm):
    """The product's words on Django's own sign-in."""

    error_messages = {
        "invalid_login": _("Check your e-mail address and password, then try again."),
        "inactive": _("This account has been closed. Ask your landlord administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget.attrs |= {
            "type": "email",
            "autocomplete": "username",
            "spellcheck": "false",
        }


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Says what is wrong without saying whether the address is known."""

    form_class = SignInForm
    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """A visitor's session ends after half an hour; a colleague's lasts the working day."""
        response = super().form_valid(form)
        self.request.session.set_expiry(None)
        return response


@require_http_methods(["GET"])
def choose_landlord(request: Any) -> HttpResponse:
    """Somebody who works for several acts for one at a time; somebody who works for none is told so."""
    ids = [found.landlord_id for found in memberships_of(request.user.pk)]
    return render(request, "desk/choose_landlord.html", {"choices": Landlord.objects.filter(pk__in=ids)})


@require_POST
def act_for(request: Any) -> HttpResponse:
    """Change the landlord acted for. Choosing one without a membership there changes nothing."""
    landlord = Landlord.objects.filter(key=request.POST.get("landlord", "")).first()
    found = memberships_of(request.user.pk)
    chosen = next((one for one in found if landlord and one.landlord_id == landlord.pk), None)
    if chosen is None:
        return redirect("choose-landlord")
    request.session[SESSION_KEY] = chosen.membership_id
    return redirect(reverse("start"))
