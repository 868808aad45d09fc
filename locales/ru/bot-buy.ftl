# Plans and the order.

bot-buy-plans-title = 🛒 <b>Выберите тариф</b>
bot-buy-plans-renew-title =
    🔄 <b>Продление</b>

    Новые дни прибавятся к оставшимся.
bot-buy-plans-btn-plan = { $plan } · { $amount }
bot-buy-plans-empty-body = Сейчас в магазине нет тарифов в продаже. Загляните позже.
bot-buy-plan-gone-body = Этот тариф больше не продаётся. Вот другие 👇
bot-buy-price-changed-body = За это время цена изменилась: { $amount }. Проверьте ещё раз перед оплатой.
bot-buy-limit-body = 🙏 Сейчас магазин не принимает новых клиентов; продления работают как обычно. Сообщить здесь, когда появится место?
bot-buy-limit-btn-wait = 🔔 Сообщить мне
bot-buy-waiting-body = 🔔 Вы в списке. Как только место освободится, мы напишем сюда; его получит тот, кто закажет первым.
bot-buy-room-body = 🎉 В { $shop } снова есть место. Его получит тот, кто закажет первым.
bot-buy-summary-after-body = 🔁 Сейчас у вас { $plan }, и ничего не пропадёт: после оплаты у вас будет { $traffic } до { $until }.
bot-buy-summary-change-body = 🔁 Тариф сменится, сейчас у вас { $plan }. Оставшиеся дни и трафик сохранятся и прибавятся: после оплаты у вас будет { $traffic } до { $until }.
