# Plans that are bought for somebody else.

bot-gift-btn-buy = 🎁 В подарок
bot-gift-btn-way = { $way } · { $amount }
bot-gift-methods-body =
    🎁 <b>{ $plan } для другого человека</b>

    После оплаты вы получите ссылку. Кто первым откроет её, получит тариф. До этого вы можете оставить его себе.
bot-gift-ready-body =
    🎁 <b>Подарок готов: { $plan }</b>

    Отправьте эту ссылку тому, кому он предназначен. Она сработает один раз:
    <code>{ $link }</code>

    Заказ { $order }
bot-gift-btn-share = 📤 Отправить кому-нибудь
bot-gift-btn-keep = 🙋 Оставить себе
bot-gift-btn-keep-order = 🙋 { $plan } себе
bot-gift-btn-list = 🎁 Мои подарки
bot-gift-given-body = 🎁 Ваш подарок { $plan } открыт. Заказ { $order }
bot-gift-gone-body = 🎁 Деньги за этот подарок возвращены, ссылка не работает. Заказ { $order }
bot-gift-list-title = 🎁 <b>Ваши подарки</b>
bot-gift-list-empty-body = Вы ещё не покупали подарков. Выберите тариф, а затем «В подарок».
bot-gift-item-waiting =
    ⏳ { $plan } · ещё не открыт
    <code>{ $link }</code>
bot-gift-item-opened = ✅ { $plan } · открыт
bot-gift-item-gone = ↩️ { $plan } · деньги возвращены
bot-gift-keep-body = 🙋 <b>Оставить { $plan } себе?</b> Он прибавится к вашей подписке, а ссылка перестанет работать.
bot-gift-keep-btn-yes = ✅ Да, себе
bot-gift-own-body = 🎁 Это ваш собственный подарок. Отправьте ссылку другому или оставьте его себе.
bot-gift-done-body = 🎁 Подарок ваш! Настраиваю; ссылка придёт сюда через мгновение.
bot-gift-yours-body = 🎁 Вы уже открыли этот подарок, он ваш.
bot-gift-taken-body = 🎁 Этот подарок уже кто-то открыл: каждый работает один раз.
bot-gift-unpaid-body = 🎁 Этот подарок ещё не оплачен. Ссылка заработает сразу после оплаты.
bot-gift-refunded-body = 🎁 Деньги за этот подарок возвращены, ссылка больше не работает. Спросите того, кто её прислал.
bot-gift-room-body = 🎁 Магазин сейчас не может выдать доступ. Подарок ждёт вас: откройте ссылку позже ещё раз.
bot-gift-none-body = 🎁 Такого подарка нет. Спросите того, кто прислал ссылку.
bot-gift-opened-body =
    🎁 Подарок для вас: { $plan }

    📅 До { $until }
