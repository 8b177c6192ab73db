"""The addresses of My work, the list of cases, and one case with everything done to it."""

from django.urls import URLPattern, URLResolver, include, path

from cases.pages.closing.views import close_page, reopen_page
from cases.pages.safeguarding.views import concerns_page
from cases.pages.views import case, changing, deciding, lists, promises, recording

_promise: list[URLPattern | URLResolver] = [
    path("explain/", promises.explain_page, name="explain-miss"),
    path("confirm/", promises.confirm_page, name="confirm-met"),
    path("done/", promises.done_page, name="record-duty"),
]
_case: list[URLPattern | URLResolver] = [
    path("", case.case_page, name="case"),
    path("looked/", case.case_looks, name="case-looks"),
    path("contact/", recording.record_contact_page, name="record-contact"),
    path("note/", recording.add_note_page, name="add-note"),
    path("incident/", recording.add_incident_page, name="add-incident"),
    path("level/", changing.recategorise_page, name="recategorise"),
    path("hate/", changing.record_hate_page, name="record-hate"),
    path("staff/", changing.case_staff_page, name="case-staff"),
    path("give/", changing.reassign_page, name="reassign"),
    path("decisions/<slug:question>/", deciding.record_decision_page, name="record-decision"),
    path("close/", close_page, name="close-case"),
    path("reopen/", reopen_page, name="reopen-case"),
    path("join/", changing.join_page, name="join-case"),
    path("deadlines/<uuid:key>/", include(_promise)),
    path("approvals/", include("cases.pages.approving.urls")),
    path("evidence/", include("cases.pages.evidence.urls")),
    path("people/", include("cases.pages.people.urls")),
    path("partners/", include("cases.pages.partners.urls")),
    path("links/", include("cases.pages.linking.urls")),
    path("closing/", include("cases.pages.closing.urls")),
    path("case-review/", include("cases.pages.reviewing.urls")),
]
urlpatterns = [
    path("", lists.my_work_page, name="my-work"),
    path("cases/", lists.case_list, name="cases"),
    path("cases/safeguarding/", concerns_page, name="safeguarding-concerns"),
    path("evidence/", include("cases.pages.evidence.inbox_urls")),
    path("cases/<str:reference>/", include(_case)),
]
