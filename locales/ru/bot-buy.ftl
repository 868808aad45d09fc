# Plans and the order.

bot-buy-plans-title = 🛒 <b>Выберите тариф</b>
bot-buy-plans-renew-title =
    🔄 <b>Продление</b>

    Новые дни прибавятся к оставшимся.
bot-buy-plans-btn-plan = { $plan } · { $amount }
bot-buy-plans-empty-body = Сейчас в магазине нет тарифов в продаже. Загляните позже.
bot-buy-plan-gone-body = Этот тариф больше не продаётся. Вот другие 👇
bot-buy-price-changed-body = За это время цена изменилась: { $amount }. Проверьте ещё раз перед оплатой.
bot-buy-limit-body = 🙏 Магазин сейчас не может принять новых клиентов. Попробуйте позже; продления это не касается.
bot-buy-summary-after-body = 🔁 Сейчас у вас { $plan }, и ничего не пропадёт: после оплаты у вас будет { $traffic } до { $until }.
bot-buy-summary-change-body = 🔁 Тариф сменится, сейчас у вас { $plan }. Оставшиеся дни и трафик сохранятся и прибавятся: после оплаты у вас будет { $traffic } до { $until }.
