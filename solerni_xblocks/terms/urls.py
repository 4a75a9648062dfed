"""Pages of the terms domain, under /solerni/terms/."""

from __future__ import annotations

from django.urls import path

from solerni_xblocks.terms.views import change, documents, frontends, guardian, receipts, reports

app_name = "solerni_terms"
urlpatterns = [
    path("api/v1/unacknowledged", frontends.unacknowledged, name="unacknowledged"),
    path("birth/", guardian.birth, name="birth"),
    path("guardian/", guardian.guardian, name="guardian"),
    path("guardian/done/<slug:what>/", guardian.done, name="guardian_done"),
    path("guardian/<uuid:request_uuid>/<str:secret>/", guardian.link, name="guardian_link"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/texts/<uuid:version_uuid>.<slug:language>.md", receipts.text_source, name="text_source"),
    path("receipts/<uuid:uuid>.json", receipts.receipt_json, name="receipt_json"),
    path("receipts/<uuid:uuid>.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("pending/", change.pending, name="pending"),
    path("change/<slug:slug>/", change.change, name="change"),
    path("stop/<slug:slug>/", change.stop, name="stop"),
    path("stopped/", change.stopped, name="stopped"),
    path("reports/", reports.list_reports, name="reports"),
    path("reports/<slug:slug>/", reports.report, name="report"),
    path("<slug:slug>/", documents.document, name="document"),
    path("<slug:slug>/<str:name>/", documents.version, name="version"),
]
