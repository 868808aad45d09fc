# The shop's promo codes: the list, and the form of one.

web-promos-title = Промокоды
web-promos-lead = Пользователи вводят промокод в боте или переходят по ссылке. Заказ хранит условия, с которыми оформлен, что бы вы здесь ни меняли.
web-promos-new = Новый промокод
web-promos-none = Промокодов пока нет
web-promos-none-text = Промокод снижает цену или добавляет дни или трафик. Дайте его каналу, другу или тому, кто давно не покупал.

web-promos-state-works = Действует
web-promos-state-not-yet = Ещё не начался
web-promos-state-ended = Закончился
web-promos-state-used-up = Исчерпан
web-promos-state-off = Выключен
web-promos-switch-on = Включить
web-promos-switch-off = Выключить

web-promos-uses = Оплачено: { $paid }, ждут оплаты: { $open }
web-promos-uses-of = Оплачено: { $paid }, ждут оплаты: { $open }, всего можно { $max }
web-promos-term-from = С { $at }
web-promos-term-until = До { $at }
web-promos-term-per-user = { $count ->
    [one] { $count } раз на пользователя
    [few] { $count } раза на пользователя
    [many] { $count } раз на пользователя
   *[other] { $count } раза на пользователя
}
web-promos-term-first = Для первой покупки
web-promos-term-plans = Для: { $plans }
web-promos-term-no-plan = Для тарифов, которых нет в продаже

web-promos-link-text = Ссылка в бота вместе с промокодом
web-promos-code = Промокод
web-promos-code-hint = Латинские буквы и цифры, регистр не важен. Оставьте пустым, и мы придумаем сами.
web-promos-kind = Что даёт
web-promos-kind-percent = Скидка в процентах
web-promos-kind-amount = Скидка суммой
web-promos-kind-days = Больше дней
web-promos-kind-traffic = Больше трафика
web-promos-value = Сколько
web-promos-value-hint = Проценты, деньги, дни или гигабайты — смотря что он даёт.
web-promos-currency = Валюта суммы
web-promos-currency-hint = Только для суммы: скидка действует там, где платят в этой валюте.
web-promos-least-hint = Промокод не делает покупку бесплатной: нулевой платёж провести нельзя, и ни одна система его не подтвердит. Если остаётся меньше, чем принимает способ оплаты, пользователь платит этот минимум.
web-promos-limits = Ограничения
web-promos-from = Первый день
web-promos-until = Последний день
web-promos-until-hint = Действует до конца этого дня по времени магазина.
web-promos-max = Всего использований
web-promos-per-user = На пользователя
web-promos-empty-hint = Пусто — без ограничения.
web-promos-first = Только для первой покупки
web-promos-plans = Тарифы
web-promos-plans-hint = Действует для отмеченных; не отмечайте ничего, чтобы действовал для всех.
web-promos-save = Сохранить
web-promos-change-hint = Оформленные заказы сохраняют условия, с которыми оформлены.
web-promos-delete = Удалить промокод
web-promos-delete-text = Им больше никто не воспользуется, и у кого он был наготове, у тех его не станет. Оформленные с ним заказы сохранят цену.
web-promos-delete-yes = Удалить

web-flash-promo-made = Промокод { $code } готов.
web-flash-promo-on = Промокод включён.
web-flash-promo-off = Промокод выключен. Оформленные с ним заказы сохранят цену.
web-flash-promo-deleted = Промокод удалён.
