# The shop's panels: where accounts live, how new ones are shared, what is different.

## All panels

web-area-panels = Панели
web-nav-sell = Продажи
web-nav-set-up = Настройка
web-nav-run = Работа
web-panels-title = Панели
web-panels-lead = Новые аккаунты делятся между панелями по весу. Аккаунт остаётся на той панели, где создан.
web-panels-none = Панелей пока нет
web-panels-none-text = Без панели никто не получит доступ. Добавьте свой Marzban: сначала мы его проверим.
web-panels-add = Добавить панель
web-panels-state-up = Отвечает
web-panels-state-down = Недоступна
web-panels-state-refused = Не пускает нас
web-panels-down-since = Не отвечает с { $time }. Проверяем каждые 15 секунд.
web-panels-refused-since = Не принимает наш вход с { $time }.
web-panels-waiting = { $count ->
    [one] Её ждёт { $count } аккаунт
    [few] Её ждут { $count } аккаунта
    [many] Её ждут { $count } аккаунтов
   *[other] Её ждут { $count } аккаунта
}.
web-panels-open = Принимает новые аккаунты
web-panels-closed = Продажи на паузе
web-panels-accounts = Аккаунты
web-panels-held-of = { $held } из { $capacity }
web-panels-no-limit = без ограничения
web-panels-share = Доля новых аккаунтов
web-panels-share-none = Нет
web-panels-by-weight = вес { $weight }
web-panels-full = Заполнена
web-panels-differences = Расхождения
web-panels-compared = сверено { $time }
web-panels-not-compared = Ещё не сверялась
web-panels-new-lead = Сначала проверим панель; она сохранится, когда пройдут все проверки. После этого новые аккаунты делятся между панелями.

## One panel

web-panel-check-now = Проверить сейчас
web-panel-settings = Настройки
web-panel-name = Название
web-panel-weight = Вес
web-panel-weight-hint = Относительно других панелей: с весом 200 новых аккаунтов вдвое больше, чем с весом 100.
web-panel-capacity = Вместимость
web-panel-capacity-hint = Сколько аккаунтов она может держать. Пусто: без ограничения.
web-panel-enabled-text = Выключите, чтобы приостановить продажи на этой панели. Аккаунты на ней работают и продлеваются.
web-panel-save = Сохранить настройки
web-panel-login = Сменить вход
web-panel-login-text = Сначала проверим новые имя и пароль. Пока не пройдут все проверки, действуют прежние.
web-panel-login-check = Проверить и использовать
web-panel-report = Что на панели не так
web-panel-report-text = Все аккаунты панели сверяются с проданным каждые два часа и по вашей просьбе. Сверка ничего не меняет.
web-panel-compare = Сверить сейчас
web-panel-compare-later = Сверим, когда она ответит.
web-panel-comparing = Идёт сверка…
web-panel-broken-off = Сверка { $time } прервалась: панель не ответила до конца. Повторим в течение двух часов.
web-panel-same = Расхождений нет, на { $time }.
web-panel-repairable = Можно исправить
web-panel-repairable-text = Это исправит одна кнопка.
web-panel-by-hand = Нужны вы
web-panel-by-hand-text = Неясно, чьи это аккаунты, поэтому мы их не трогаем. Посмотрите на них в панели; лишние там же переименуйте или удалите.
web-panel-repair = Исправить…
web-panel-repair-text = { $count ->
    [one] { $count } аккаунт вернётся
    [few] { $count } аккаунта вернутся
    [many] { $count } аккаунтов вернутся
   *[other] { $count } аккаунта вернутся
} к тому, что было продано. Ничего не удаляется, а то, где нужны вы, останется как есть.
web-panel-repair-yes = Исправить
web-drift-account = Аккаунт
web-drift-kind = Расхождение
web-drift-wanted = Продано
web-drift-found = На панели
web-drift-time = Найдено
web-drift-more = { $count ->
    [one] И ещё { $count }.
    [few] И ещё { $count }.
    [many] И ещё { $count }.
   *[other] И ещё { $count }.
}
web-drift-kind-missing = Аккаунта нет
web-drift-kind-expire = Кончается в другое время
web-drift-kind-data_limit = Другой лимит трафика
web-drift-kind-status = Другое состояние
web-drift-kind-disabled_by_hand = Кто-то его выключил
web-drift-kind-foreign = Имя занято чужим аккаунтом
web-drift-kind-unknown = Назван нашим, но нам не известен
web-drift-is-there = есть аккаунт
web-drift-is-nothing = нет аккаунта
web-drift-is-ours = наш аккаунт
web-drift-is-foreign = чужой аккаунт
web-drift-is-never = без срока
web-drift-is-unlimited = без лимита
web-drift-is-active = активен
web-drift-is-on_hold = ждёт первого входа
web-drift-is-disabled = выключен
web-drift-is-limited = трафик израсходован
web-drift-is-expired = истёк
web-problem-panel-down-action = Открыть панель
web-flash-panel-compare = Идёт сверка. Расхождения появятся ниже.
web-flash-panel-repaired = { $count ->
    [one] Исправляем { $count } аккаунт
    [few] Исправляем { $count } аккаунта
    [many] Исправляем { $count } аккаунтов
   *[other] Исправляем { $count } аккаунта
}. Через минуту сверим ещё раз.
web-flash-panel-repaired-none = Исправлять было уже нечего.
