# Несколько доступов одного человека.

bot-access-btn-list = 🗂 Мои подписки
bot-access-body =
    🗂 <b>Ваши подписки</b>

    У каждой своя ссылка — для другого телефона или другого человека. Меню показывает выбранную, и продлевается тоже она.
bot-access-empty-body = Подписки пока нет. Для начала выберите тариф.
bot-access-item =
    { $n }. <b>{ $plan }</b>
    { $status } · до { $until }
bot-access-item-present =
    👉 { $n }. <b>{ $plan }</b>
    { $status } · до { $until }
bot-access-btn-choose = { $n }. { $plan } · { $until }
bot-access-btn-more = ➕ Ещё одна подписка
bot-access-btn-together = 🔄 Лучше добавить к той, что есть
bot-access-toast-chosen = Теперь меню показывает эту подписку
bot-access-place = 🗂 Подписка { $n } из { $of }
bot-access-separate-body = ➕ Этот тариф станет <b>отдельной подпиской</b> с другой ссылкой. То, что у вас есть, не изменится.
bot-access-enough-body = Подписок у вас уже { $n } — больше здесь у одного человека быть не может. Выберите одну из них, чтобы продлить.
