from django.urls import path

from asbcases.desk.case_reviews import case_review_counts
from asbcases.desk.keeping import resume
from asbcases.desk.mail import local_mail
from asbcases.desk.notices import mark_notices_read, notices
from asbcases.desk.overview import overview
from asbcases.desk.policy import policy
from asbcases.desk.signing import SignIn, SignOut, act_for, change_password, choose_landlord
from asbcases.desk.staff import change_staff, staff
from asbcases.desk.start import start

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", SignOut.as_view(), name="sign-out"),
    path("choose-landlord/", choose_landlord, name="choose-landlord"),
    path("desk/act-for/", act_for, name="act-for"),
    path("desk/start/", start, name="start"),
    path("desk/password/", change_password, name="change-password"),
    path("desk/resume/", resume, name="resume"),
    path("desk/notices/", notices, name="notices"),
    path("desk/notices/read/", mark_notices_read, name="mark-notices-read"),
    path("desk/overview/", overview, name="overview"),
    path("desk/overview/case-reviews/", case_review_counts, name="case-review-counts"),
    path("desk/staff/", staff, name="staff"),
    path("desk/staff/<uuid:key>/", change_staff, name="change-staff"),
    path("desk/policy/", policy, name="policy"),
    path("desk/mail/", local_mail, name="local-mail"),
]
