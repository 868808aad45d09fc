# The bot and the person who runs the shop.

bot-owner-linked-body =
    🔗 Теперь этот бот знает вас как владельца <b>{ $shop }</b>.
bot-owner-linked-again-body = ✅ Вы уже записаны как владелец <b>{ $shop }</b>.
bot-owner-err-link-body = 🔗 Эта ссылка больше не действует. Создайте новую в панели, на странице вашего бота.
bot-owner-live-body =
    🚀 <b>{ $shop }</b> работает!

    Поделитесь этой ссылкой с клиентами:
    <a href="{ $link }">{ $link }</a>
bot-owner-gate-body =
    ⚠️ <b>Я не вижу, кто состоит в { $channel }.</b>

    Чтобы никого не оставить за дверью, я пускаю всех без проверки. Сделайте меня снова администратором канала или выключите условие в панели, в разделе «Вход».

# Why the bot stands still, beside its state in the panel.
bot-reason-owner = Переключено вами
