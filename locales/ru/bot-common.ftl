# What every screen of a shop's bot shares.

bot-common-btn-back = ◀️ Назад
bot-common-btn-menu = 🏠 Меню
bot-common-btn-retry = 🔄 Попробовать ещё раз

bot-common-traffic = { $used } из { $limit }
bot-common-traffic-unlimited = израсходовано { $used }, без ограничений
bot-common-unlimited = без ограничений

bot-common-toast-stale = Эта кнопка устарела. Вот свежая.
bot-common-toast-error = Что-то пошло не так. Попробуйте ещё раз.

bot-common-error-body =
    😕 У нас что-то пошло не так. Ничего не потеряно, попробуйте через минуту.

    Если повторится, сообщите магазину этот номер: <code>{ $id }</code>
bot-common-cancelled-body = Отменено. Ничего не изменилось.
bot-common-unknown-body = Не понял вас. Кнопки ниже подскажут дорогу 👇
