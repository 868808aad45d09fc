# Вопросы к сотрудникам магазина.

bot-support-title =
    💬 <b>Поддержка</b>

    Напишите нам обо всём, что не работает. Ответит человек, прямо в этом чате.
bot-support-btn-new = ✍️ Задать вопрос
bot-support-btn-mine = 🗂 Мои вопросы
bot-support-btn-contact = 👤 Написать напрямую
bot-support-btn-thread = 💬 Показать переписку
bot-support-btn-reply = ✍️ Ответить
bot-support-btn-again = ✍️ Спросить ещё
bot-support-btn-solved = ✅ Решено
bot-support-btn-newer = ⬅️ Новее
bot-support-btn-older = Старее ➡️

bot-support-topics-title = 💬 О чём вопрос?
bot-support-topic-connect = 🔌 Не подключается
bot-support-topic-speed = 🐢 Медленно
bot-support-topic-payment = 💳 Оплата
bot-support-topic-account = 👤 Мой аккаунт
bot-support-topic-other = 💭 Другое

bot-support-ask-body =
    { $topic }

    Опишите всё одним сообщением. Поможет снимок экрана или файл: что вы видите, с каких пор, на каком устройстве?

    /cancel — если передумали.
bot-support-ask-more-body = ✍️ Напишите, что добавить к вопросу № { $number }: текст, картинку или файл.
bot-support-sent-body =
    ✅ Отправлено. Ваш вопрос — № { $number }, ответ придёт в этот чат.

    Если чего-то не хватает, просто пришлите сейчас: мы добавим.

bot-support-err-kind = Я передаю текст, картинки и файлы, а это — не могу. Пришлите, пожалуйста, в одном из этих видов.
bot-support-err-large = Файл больше 20 МБ: такие Telegram ботам не отдаёт. Пришлите, пожалуйста, файл поменьше.
bot-support-err-open-body =
    У вас уже { $count ->
        [one] открыт { $count } вопрос
        [few] открыто { $count } вопроса
        [many] открыто { $count } вопросов
       *[other] открыто { $count } вопроса
    }. Дополните один из них или закройте решённый.
bot-support-err-hour-body = За час пришло очень много сообщений, поэтому это мы не передали. Всё, что вы написали раньше, получено; подождите немного и отправьте снова.

bot-support-list-title = 🗂 <b>Мои вопросы</b>
bot-support-list-empty = 🗂 Вы ещё ничего не спрашивали.
bot-support-list-btn-ticket = № { $number } · { $topic } · { $state }
bot-support-state-waiting = ⏳ ждёт
bot-support-state-answered = 💬 есть ответ
bot-support-state-closed = ✔️ закрыт

bot-support-thread-title = <b>№ { $number }</b> · { $topic } · { $state }
bot-support-thread-rated =
    Ваша оценка: { $count ->
        [one] { $count } звезда
        [few] { $count } звезды
        [many] { $count } звёзд
       *[other] { $count } звезды
    }.
bot-support-thread-earlier = … более ранние сообщения не показаны.
bot-support-thread-me =
    👤 <b>Вы</b> · { $time }
    { $text }
bot-support-thread-shop =
    💬 <b>Магазин</b> · { $time }
    { $text }
bot-support-file-photo = 📷 картинка
bot-support-file-document = 📎 файл

bot-support-answer-body =
    💬 <b>Ответ на вопрос № { $number }</b>

    { $text }
bot-support-closed-body =
    ✔️ Вопрос № { $number } закрыт. Как мы справились?

    Написать в него снова можно в любой момент.
bot-support-closed-shop-body =
    ✔️ Мы закрыли вопрос № { $number }. Как мы справились?

    Если он не решён, просто напишите снова.
bot-support-rate-btn-star = { $count } ⭐
bot-support-rate-toast = Спасибо!

# Владельцу магазина.
bot-support-staff-body =
    💬 <b>№ { $number }</b> · { $topic }
    От { $user }

    { $text }
bot-support-staff-btn-answer = ✍️ Ответить
bot-support-staff-btn-more = ✍️ Написать ещё
bot-support-staff-btn-look = 🔎 Открыть в панели
bot-support-staff-btn-close = ✔️ Закрыть
bot-support-staff-ask-body = ✍️ Следующее ваше сообщение станет ответом на вопрос № { $number }: текст, картинка или файл. /cancel — ничего не писать.
bot-support-staff-answered-body = ✅ Ваш ответ на вопрос № { $number } отправляется.
bot-support-staff-closed-body = ✔️ Вопрос № { $number } закрыт. Пользователь узнает об этом, и мы спросим его оценку.
