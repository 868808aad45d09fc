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
bot-config-btn-apps = 📱 Подключить устройство
bot-config-btn-renew = ♻️ Новая ссылка
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
    📱 <b>Какое устройство?</b>

    Покажу приложения для него. Подписка добавится одним нажатием.
bot-config-platform-btn-android = 🤖 Android
bot-config-platform-btn-ios = 🍏 iPhone, iPad
bot-config-platform-btn-windows = 🪟 Windows
bot-config-platform-btn-macos = 💻 macOS
bot-config-platform-btn-linux = 🐧 Linux
bot-config-platform-title = 📱 <b>{ $platform }</b>
bot-config-platform-item = • <a href="{ $url }">{ $app }</a>
bot-config-platform-import-body =
    1. Установите одно из этих приложений по ссылке.
    2. Нажмите его кнопку ниже: подписка откроется в нём.
    3. Нажмите «Подключить» в приложении.
bot-config-platform-copy-body =
    1. Установите одно из этих приложений по ссылке.
    2. Скопируйте ссылку и выберите в приложении «добавить из буфера».
    3. Нажмите «Подключить».
bot-config-platform-btn-import = ➕ Добавить в { $app }
bot-config-asked-btn-yes = ✅ Работает
bot-config-asked-btn-no = 🛠 Не работает
bot-config-connected-body =
    🎉 Отлично! Приложение само обновляет подписку; при продлении ссылка не меняется.

    Совет: добавьте её и на другие устройства.
bot-config-connected-btn-apps = 📱 Ещё одно устройство

bot-config-check-title = 🛠 <b>Шаг { $step } из 5</b>
bot-config-check-1-body = Выключите VPN и откройте любую страницу. Если она не открывается, нет самого интернета. И включите автоматические дату и время: неверные часы мешают соединению.
bot-config-check-2-body = ✅ Подписка активна, трафик есть. Значит, дело в приложении или в пути до сервера. Полностью закройте приложение и откройте снова.
bot-config-check-3-body = Обновите подписку в приложении (потяните список вниз или нажмите «обновить»). Серверы иногда меняются.
bot-config-check-4-body = Выберите в списке другой сервер и выключите другие VPN-приложения: работать может только одно.
bot-config-check-5-body = Попробуйте другое приложение или другую сеть (Wi-Fi вместо мобильной). Если не помогло, возьмите новую ссылку и добавьте её заново или напишите нам: мы видим больше.
bot-config-check-btn-works = ✅ Теперь работает
bot-config-check-btn-next = ➡️ Всё ещё нет
bot-config-check-btn-support = 💬 Написать в поддержку

bot-config-renew-body =
    ♻️ <b>Новая ссылка?</b>

    Нынешняя ссылка перестанет работать на <b>всех</b> устройствах, и туда нужно будет добавить новую. Это нужно, если ваша ссылка попала к кому-то ещё. Время и трафик сохранятся.
bot-config-renew-btn-yes = ♻️ Да, новая ссылка
bot-config-renewed-body = ✅ Старая ссылка больше не действует. Вот новая; она заработает в течение минуты.

bot-config-none-body = У вас пока нет подписки. Выберите тариф, и ссылка будет через несколько секунд.
bot-config-pending-body = ⏳ Ссылка готовится. Она придёт сюда сама.
bot-config-expired-body = 🔴 { $plan }: подписка закончилась { $until }. Продлите её, и та же ссылка сразу заработает.
bot-config-limited-body =
    🟠 { $plan }: трафик израсходован. Продлите подписку; ссылка останется прежней:
    <code>{ $link }</code>
bot-config-disabled-body = ⚪️ { $plan }: подписка отключена магазином. Ссылка пока не работает.
bot-config-unreachable-empty-body = 😕 Сервер сейчас не отвечает. Попробуйте через минуту; подписка в сохранности.
