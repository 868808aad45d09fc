# О чём пользователи спрашивают магазин.

web-area-tickets = Поддержка
web-tickets-title = Поддержка
web-tickets-states = Состояние
web-tickets-all = Все
web-tickets-none = Пока никто ничего не спросил
web-tickets-none-text = Здесь появится то, что пользователи напишут в разделе «Поддержка» бота. Отвечать можно на этой странице, а владелец бота может отвечать и в самом боте.
web-tickets-try = Спросить что-нибудь на телефоне
web-tickets-nothing = В этом состоянии ничего нет
web-tickets-nothing-text = Есть вопросы в других состояниях.
web-tickets-show-all = Показать все вопросы
web-tickets-previous = Предыдущие
web-tickets-next = Следующие
web-tickets-contact = Другой контакт
web-tickets-contact-label = Имя в Telegram или ссылка
web-tickets-contact-hint = Показывается в боте рядом с вопросами и первым в /paysupport. Пусто: другого контакта нет.
web-tickets-contact-save = Сохранить
web-ticket-number = Вопрос
web-ticket-topic = О чём
web-ticket-moved = Изменён
web-ticket-state-waiting = Ждёт вас
web-ticket-state-answered = Отвечен
web-ticket-state-closed = Закрыт
web-ticket-topic-connect = Не подключается
web-ticket-topic-speed = Медленно
web-ticket-topic-payment = Оплата
web-ticket-topic-account = Аккаунт
web-ticket-topic-other = Другое
web-ticket-rating = { $count } из 5 звёзд
web-ticket-title = Вопрос { $number }
web-ticket-user = Пользователь
web-ticket-shop = Магазин, в боте
web-ticket-picture = Картинка этого сообщения
web-ticket-file = Файл
web-ticket-cut = Показаны только последние сообщения.
web-ticket-answer = Ваш ответ
web-ticket-answer-hint = Пользователь сразу получит его в боте.
web-ticket-answer-reopens = Вопрос закрыт. Ответ откроет его снова, и пользователь получит его в боте.
web-ticket-send = Отправить
web-ticket-send-and-close = Отправить и закрыть
web-ticket-close = Закрыть
web-flash-ticket-answered = Ваш ответ отправляется.
web-flash-ticket-closed = Вопрос закрыт. Пользователь узнает об этом, и мы спросим его оценку.
web-problem-tickets =
    Ждут вашего ответа: { $count ->
        [one] { $count } вопрос
        [few] { $count } вопроса
        [many] { $count } вопросов
       *[other] { $count } вопроса
    }.
web-problem-tickets-action = Ответить
