# Who am I, what do I have.

bot-profile-title = 👤 <b>{ $name }</b>
bot-profile-line-id = ID: <code>{ $id }</code>
bot-profile-line-since = С нами с { $date }
bot-profile-line-plan = Тариф: { $plan }
bot-profile-line-status = Состояние: { $status }
bot-profile-line-until = До { $until } (осталось: { $left })
bot-profile-line-ended = Закончилась: { $until }
bot-profile-line-traffic =
    Трафик: { $traffic }
    { $bar } { $percent }
bot-profile-line-traffic-unlimited = Трафик: { $traffic }
bot-profile-line-synced = Данные на { $time }
bot-profile-line-none = Подписки пока нет.
bot-profile-line-wallet = 👛 Кошелёк: { $amount }

bot-profile-status-trial = 🧪 пробный период
bot-profile-status-active = 🟢 активна
bot-profile-status-expiring = 🟡 скоро закончится
bot-profile-status-limited = 🟠 трафик израсходован
bot-profile-status-expired = 🔴 закончилась
bot-profile-status-disabled = ⚪️ отключена
bot-profile-status-pending = ⏳ настраивается

bot-profile-btn-change = 🔁 Продлить или сменить тариф
bot-profile-btn-orders = 🧾 Мои заказы
bot-profile-btn-wallet = 👛 Кошелёк
bot-profile-btn-renewal-on = 🔁 Автопродление: включено
bot-profile-btn-renewal-off = 🔁 Автопродление: выключено
bot-profile-orders-title = 🧾 <b>Мои заказы</b>
bot-profile-orders-empty-body = У вас пока нет заказов.
bot-profile-orders-item =
    { $status } { $plan } · { $amount }
    { $date } · <code>{ $order }</code>
bot-profile-order-status-open = ⏳ не оплачен
bot-profile-order-status-paid = ⚙️ настраивается
bot-profile-order-status-done = ✅ выполнен
bot-profile-order-status-failed = ❌ не прошёл
bot-profile-order-status-expired = ⌛️ истёк
bot-profile-order-status-review = 🔎 на проверке
bot-profile-order-status-refunded = ↩️ деньги возвращены
