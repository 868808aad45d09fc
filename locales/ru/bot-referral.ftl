# Приглашение друзей.

bot-referral-rules =
    🎁 <b>Пригласите друзей</b>

    Отправьте свою ссылку тому, кого здесь ещё нет. После его первой покупки вы получите <b>{ $own }</b>, а он — ещё <b>{ $friends }</b>.
bot-referral-rules-referrer =
    🎁 <b>Пригласите друзей</b>

    Отправьте свою ссылку тому, кого здесь ещё нет. После его первой покупки вы получите <b>{ $own }</b>.
bot-referral-rules-referee =
    🎁 <b>Пригласите друзей</b>

    Отправьте свою ссылку тому, кого здесь ещё нет. С первой покупкой он получит ещё <b>{ $friends }</b>.
bot-referral-link =
    Ваша ссылка:
    <code>{ $link }</code>
bot-referral-none-yet = По вашей ссылке пока никто не пришёл.
bot-referral-figures =
    👥 Пришли по ссылке: { $count }
    🛒 Купили: { $buying }
    🎁 Вам начислено: { $days }
bot-referral-history-title = <b>Последние</b>
bot-referral-history-granted = { $date } · { $friend }: покупка · <b>+{ $bonus }</b>
bot-referral-history-without = { $date } · { $friend }: покупка
bot-referral-history-reversed = { $date } · { $friend }: деньги возвращены, бонус снят
bot-referral-history-invited = { $date } · { $friend }: теперь с нами
bot-referral-btn-share = 📤 Отправить другу
bot-referral-btn-copy = 📋 Скопировать ссылку
bot-referral-btn-qr = 🔳 QR-код
bot-referral-btn-mine = 🎁 Мои приглашения
bot-referral-share-text = Я пользуюсь { $shop }. Приходите по моей ссылке:
bot-referral-qr-body = 🔳 Друг сканирует это и попадает в { $shop }.
bot-referral-off-body = 🎁 Сейчас магазин ничего не начисляет за приглашения.
bot-referral-own-body = 🎁 Это ваша собственная ссылка. Отправьте её тому, кого здесь ещё нет.
bot-referral-invited = 🎁 Вас пригласил(а) { $friend }: к первой покупке вы получите ещё <b>{ $bonus }</b>.
bot-referral-invited-plain = 🎁 Вас пригласил(а) { $friend }.
