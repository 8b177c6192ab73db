"""Signing in and out, and choosing the landlord to act for."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from redis import RedisError

from asbcases.desk.keeping import SESSION_KEY as KEPT
from asbcases.desk.keeping import remember
from landlords.access import staff_page
from landlords.lookups import memberships_of
from landlords.middleware import SESSION_KEY
from landlords.models import Landlord
from landlords.tokens import digest_of

MOST_WRONG, SHUT_FOR = 10, 15 * 60


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

    def clean(self) -> Any:
        """Ten wrong passwords shut an address for a quarter of an hour, whether or not it is known.

        Counted before it is looked at: many at once are no more than one after the other.
        """
        key = f"sign-in-wrong:{digest_of(str(self.cleaned_data.get('username', '')).lower())}"
        with suppress(RedisError):
            cache.add(key, 0, SHUT_FOR)
            if cache.incr(key) > MOST_WRONG:
                raise self.get_invalid_login_error()
        cleaned = super().clean()
        with suppress(RedisError, ValueError):
            cache.decr(key)
        return cleaned


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
        return remember(response, self.request)


class NewPasswordForm(PasswordChangeForm):
    """The product's words on Django's own."""

    error_messages = {
        "password_incorrect": _("This is not your password now. Type it again."),
        "password_mismatch": _("The two new passwords are not the same. Type them again."),
    }
    words = {
        "old_password": (_("Your password now"), _("Enter your password now.")),
        "new_password1": (_("New password"), _("Enter a new password.")),
        "new_password2": (_("New password again"), _("Enter the new password again.")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, missing) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text, field.error_messages["required"] = label, "", missing
        self.fields["new_password1"].help_text = _("12 characters or more. Three unusual words are good")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def change_password(request: Any) -> HttpResponse:
    """An administrator who adds somebody reads out their first password; from here on only they know it.

    They stay signed in here, and are signed out everywhere else.
    """
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password is changed. You are signed out everywhere else."))
        return redirect("start")
    return render(request, "desk/change_password.html", {"form": form})


class SignOut(LogoutView):
    """Going back after signing out shows nothing: the browser drops the pages it kept."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


@require_http_methods(["GET"])
def choose_landlord(request: Any) -> HttpResponse:
    """Somebody who works for several acts for one at a time; somebody who works for none is told so."""
    ids = [found.landlord_id for found in memberships_of(request.user.pk)]
    return render(request, "desk/choose_landlord.html", {"choices": Landlord.objects.filter(pk__in=ids)})


@require_POST
def act_for(request: Any) -> HttpResponse:
    """Change the landlord acted for. Choosing one without a membership there changes nothing."""
    landlord = Landlord.objects.filter(key=request.POST.get("landlord", "").replace("\0", "")).first()
    found = memberships_of(request.user.pk)
    chosen = next((one for one in found if landlord and one.landlord_id == landlord.pk), None)
    if chosen is None:
        return redirect("choose-landlord")
    request.session[SESSION_KEY] = chosen.membership_id
    rotate_token(request)  # a page still open for the other landlord can no longer be sent to this one
    return remember(redirect("resume" if KEPT in request.session else "start"), request)
