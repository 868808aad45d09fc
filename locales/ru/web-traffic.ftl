# Packs of traffic.

web-area-traffic = Доп. трафик
web-traffic-lead = Пакеты, которые пользователи добавляют к действующему тарифу, когда трафик заканчивается. Дней они не добавляют.
web-traffic-none = Пакетов пока нет
web-traffic-none-text = Добавьте пакет ниже. Бот предложит его в профиле и в сообщении о том, что трафик заканчивается.
web-traffic-caption = Пакеты
web-traffic-size = Объём
web-traffic-amount = Цена
web-traffic-state = Состояние
web-traffic-action = Действие
web-traffic-on = В продаже
web-traffic-off = Снят с продажи
web-traffic-switch-on = Вернуть в продажу
web-traffic-switch-off = Снять с продажи
web-traffic-new = Новый пакет или новая цена
web-traffic-gigabytes = Гигабайты
web-traffic-price = Цена, { $currency }
web-traffic-hint = Тот же объём ещё раз меняет цену. Проданное остаётся, как было продано.
web-traffic-save = Сохранить пакет
error-pack-gone = Такого пакета нет.
