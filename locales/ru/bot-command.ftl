# Descriptions of the commands in Telegram's menu, and the answers of the small ones.

bot-command-menu = Главное меню
bot-command-buy = Купить или продлить
bot-command-my = Моя подписка
bot-command-config = Моя ссылка и QR-код
bot-command-promo = Мой промокод
bot-command-settings = Настройки
bot-command-help = Как это работает
bot-command-cancel = Отменить текущее действие
bot-command-id = Мой Telegram ID

bot-help-body =
    ℹ️ <b>Как это работает</b>

    1. Выберите тариф командой /buy или возьмите пробный период.
    2. Оплатите. Ссылка придёт сюда через несколько секунд.
    3. Откройте ссылку в VPN-приложении и нажмите «Подключить».

    /my покажет остаток, /config ещё раз пришлёт ссылку.
    Вопросы об оплате: /paysupport. Условия: /terms.
bot-id-body = Ваш Telegram ID: <code>{ $id }</code>
