"""Pages of the discussion domain, under /solerni/discussion/."""

from __future__ import annotations

from django.urls import path

from solerni_xblocks.discussion.views import (
    appeals,
    cases,
    decisions,
    figures,
    files,
    mails,
    notices,
    queue,
    ratings,
    sanctions,
    threads,
    words,
    workshop,
)

app_name = "solerni_discussion"
urlpatterns = [
    path("threads/<uuid:uuid>/", threads.open_thread, name="thread"),
    path("post/<uuid:uuid>/", threads.open_post, name="post"),
    path("file/<uuid:uuid>/", files.show_file, name="file"),
    path("decision/<uuid:uuid>/", decisions.show_decision, name="decision"),
    path("notice/", notices.give_notice, name="notice"),
    path("ratings/<uuid:uuid>/", ratings.receive_rating, name="rating"),
    path("mails/", mails.choose_mails, name="mails"),
    path("mails/stop/<str:token>/", mails.stop_mails, name="stop_mails"),
    path("statistics/", figures.show_statistics, name="statistics"),
    path("workshop/", workshop.show_workshop, name="workshop"),
    path("transparency/", figures.show_report, name="transparency"),
    path("transparency/statements/", figures.download_statements, name="statements"),
    path("places/<str:usage_key>/participants.csv", figures.download_participants, name="participants"),
    path("appeals/", appeals.list_appeals, name="appeals"),
    path("appeals/<uuid:uuid>/", appeals.answer_appeal, name="appeal"),
    path("appeals/<uuid:uuid>/claim/", appeals.claim_appeal, name="claim_appeal"),
    path("words/", words.list_lists, name="word_lists"),
    path("words/<str:course_key>/", words.edit_words, name="words"),
    path("words/<str:course_key>/words.txt", words.download_words, name="word_file"),
    path("queue/", queue.show_queue, name="queue"),
    path("queue/several/", queue.decide_several, name="several"),
    path("queue/undo/<uuid:uuid>/", queue.undo_decisions, name="undo"),
    path("queue/<uuid:uuid>/", cases.decide_post, name="case"),
    path("queue/<uuid:uuid>/claim/", cases.claim_case, name="claim"),
    path("queue/<uuid:uuid>/sanction/", sanctions.sanction_author, name="sanction"),
    path("queue/<uuid:uuid>/sanction/<uuid:decision>/lift/", sanctions.lift_sanction, name="lift"),
]
