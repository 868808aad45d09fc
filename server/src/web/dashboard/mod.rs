//! A customer's own pages.

mod broadcast;
mod broadcasts;
mod entry;
mod faq;
mod figures;
mod home;
mod invites;
mod methods;
mod new_panel;
mod notices;
mod order;
mod orders;
mod overview;
mod panel;
mod panels;
mod phone;
mod preview;
mod promos;
mod staff;
mod texts;
mod ticket;
mod tickets;
mod traffic;

use axum::handler::Handler as _;

use super::Routes;

pub fn routes() -> Routes {
    Routes::new()
        .page("/app", home::get)
        .form("/app/b/{bot}", overview::get, overview::post)
        .page("/app/b/{bot}/orders", orders::get)
        .form("/app/b/{bot}/orders/{id}", order::get, order::post)
        .form("/app/b/{bot}/orders/{id}/review", order::review::get, order::review::post)
        .read("/app/b/{bot}/orders/{id}/receipt/{receipt}", order::receipt::picture)
        .form("/app/b/{bot}/tickets", tickets::get, tickets::post)
        .form("/app/b/{bot}/tickets/{id}", ticket::get, ticket::post)
        .read("/app/b/{bot}/tickets/{id}/file/{message}", ticket::file)
        .page("/app/b/{bot}/broadcasts", broadcasts::get)
        .form("/app/b/{bot}/broadcasts/{id}", broadcast::get, broadcast::post.layer(broadcast::form_limit()))
        .form(
            "/app/b/{bot}/broadcasts/{id}/picture/{whose}",
            broadcast::picture::get,
            broadcast::picture::post.layer(broadcast::picture::limit()),
        )
        .page("/app/b/{bot}/panels", panels::get)
        .form("/app/b/{bot}/panels/new", new_panel::get, new_panel::post)
        .form("/app/b/{bot}/panels/{id}", panel::get, panel::post)
        .page("/app/b/{bot}/faq", faq::list)
        .form("/app/b/{bot}/faq/{key}", faq::get, faq::post)
        .form("/app/b/{bot}/entry", entry::get, entry::post)
        .page("/app/b/{bot}/texts", texts::list)
        .form("/app/b/{bot}/texts/file", texts::file::get, texts::file::post.layer(texts::file::limit()))
        .read("/app/b/{bot}/texts/file/{lang}", texts::file::save)
        .form("/app/b/{bot}/texts/{key}", texts::get, texts::post)
        .form("/app/b/{bot}/invites", invites::get, invites::post)
        .page("/app/b/{bot}/methods", methods::list)
        .form("/app/b/{bot}/methods/{provider}", methods::get, methods::post)
        .page("/app/b/{bot}/promos", promos::list)
        .form("/app/b/{bot}/promos/{id}", promos::get, promos::post)
        .form("/app/b/{bot}/traffic", traffic::get, traffic::post)
        .form("/app/b/{bot}/notifications", notices::get, notices::post)
        .form("/app/b/{bot}/staff", staff::get, staff::post)
        .form("/app/b/{bot}/preview", preview::get, preview::post)
        .act("/app/b/{bot}/preview/picture", preview::send_picture.layer(preview::picture_limit()))
        .read("/app/b/{bot}/preview/photo/{file}", preview::photo)
}
