"""The addresses of what goes out: the post room of a landlord."""

from django.urls import URLPattern, URLResolver, path

from letters.pages.outbox import batches, files, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.outgoing_page, name="outgoing"),
    path("print/", views.print_letters_page, name="print-letters"),
    path("<uuid:key>/", views.outgoing_letter_page, name="outgoing-letter"),
    path("batches/<uuid:batch>/", batches.batch_page, name="print-batch"),
    path("batches/<uuid:batch>/progress/", batches.progress, name="print-batch-progress"),
    path("batches/<uuid:batch>/letters.pdf", files.print_file, name="print-batch-file"),
    path("batches/<uuid:batch>/list.pdf", files.list_file, name="print-batch-list"),
    path("batches/<uuid:batch>/list.csv", files.table_file, name="print-batch-table"),
]
