# The link, as text and as a picture.

bot-config-sent-body =
    🔑 <b>Ваше подключение</b>

    Добавьте эту ссылку в VPN-приложение один раз; при продлении она не меняется:
    <code>{ $link }</code>

    📅 До { $until }
    📊 { $traffic }
bot-config-btn-copy = 📋 Скопировать ссылку
bot-config-btn-qr = 🔳 QR-код
bot-config-btn-links = 🧩 Отдельные серверы
bot-config-btn-apps = 📱 Какое приложение?
bot-config-btn-refresh = 🔄 Обновить

bot-config-qr-body =
    🔳 Отсканируйте VPN-приложением на другом устройстве.

    { $plan }, до { $until }
bot-config-links-title =
    🧩 <b>Отдельные серверы</b>

    Только для приложений, которые не принимают ссылку выше. Нажмите, чтобы скопировать.
bot-config-links-item =
    { $name }
    <code>{ $link }</code>
bot-config-links-btn-copy = 📋 { $name }
bot-config-links-empty-body = Отдельных серверов нет. Используйте ссылку.

bot-config-apps-body =
    📱 <b>Какое приложение?</b>

    Android: v2rayNG или Hiddify
    iPhone, iPad: Streisand или Hiddify
    Windows, macOS, Linux: Hiddify

    Установите его, скопируйте ссылку, выберите «добавить из буфера» и нажмите «Подключить».

bot-config-none-body = У вас пока нет подписки. Выберите тариф, и ссылка будет через несколько секунд.
bot-config-pending-body = ⏳ Ссылка готовится. Она придёт сюда сама.
bot-config-expired-body = 🔴 { $plan }: подписка закончилась { $until }. Продлите её, и та же ссылка сразу заработает.
bot-config-limited-body =
    🟠 { $plan }: трафик израсходован. Продлите подписку; ссылка останется прежней:
    <code>{ $link }</code>
bot-config-disabled-body = ⚪️ { $plan }: подписка отключена магазином. Ссылка пока не работает.
bot-config-unreachable-empty-body = 😕 Сервер сейчас не отвечает. Попробуйте через минуту; подписка в сохранности.
