# The shop's panels: where accounts live, how new ones are shared, what is different.

## All panels

web-area-panels = Panels
web-nav-sell = Sell
web-nav-set-up = Set up
web-nav-run = Run
web-panels-title = Panels
web-panels-lead = New accounts are shared among your panels by weight. An account stays on the panel where it was made.
web-panels-none = No panel yet
web-panels-none-text = Without a panel nobody can get access. Add your Marzban panel; it is tried before it is used.
web-panels-add = Add a panel
web-panels-state-up = Answers
web-panels-state-down = Away
web-panels-state-refused = Refuses our login
web-panels-down-since = It has not answered since { $time }. We look every 15 seconds.
web-panels-refused-since = It has refused our login since { $time }.
web-panels-waiting = { $count ->
    [one] { $count } account waits for it
   *[other] { $count } accounts wait for it
}.
web-panels-open = Takes new accounts
web-panels-closed = Sales paused
web-panels-accounts = Accounts
web-panels-held-of = { $held } of { $capacity }
web-panels-no-limit = no limit
web-panels-share = Share of new accounts
web-panels-share-none = None
web-panels-by-weight = weight { $weight }
web-panels-full = It is full
web-panels-differences = Differences
web-panels-compared = compared { $time }
web-panels-not-compared = Not compared yet
web-panels-new-lead = The panel is tried first and kept when every check has passed. New accounts are then shared among your panels.

## One panel

web-panel-check-now = Check now
web-panel-settings = Settings
web-panel-name = Name
web-panel-weight = Weight
web-panel-weight-hint = Against your other panels: one with 200 gets twice as many new accounts as one with 100.
web-panel-capacity = Capacity
web-panel-capacity-hint = Accounts that it may hold. Empty: no limit.
web-panel-enabled-text = Switch it off to pause sales on this panel. The accounts on it stay served and can be renewed.
web-panel-save = Save the settings
web-panel-login = Change the login
web-panel-login-text = The new login is tried first. Until every check has passed, the old one stays in use.
web-panel-login-check = Check and use
web-panel-report = What is different on the panel
web-panel-report-text = All accounts on the panel are compared with what you sold, every two hours and when you ask. Comparing changes nothing.
web-panel-compare = Compare now
web-panel-compare-later = It is compared again when it answers.
web-panel-comparing = Being compared…
web-panel-broken-off = The comparison of { $time } broke off: the panel did not answer to the end. It is tried again within two hours.
web-panel-same = Nothing is different, as of { $time }.
web-panel-repairable = Can be repaired
web-panel-repairable-text = One press sets these right.
web-panel-by-hand = Needs a person
web-panel-by-hand-text = It is not clear whose these accounts are, so we leave them alone. Look at them on the panel, and rename or remove there what nobody needs.
web-panel-repair = Repair…
web-panel-repair-text = { $count ->
    [one] { $count } account is
   *[other] { $count } accounts are
} set to what was sold again. Nothing is deleted, and what needs a person stays as it is.
web-panel-repair-yes = Repair now
web-drift-account = Account
web-drift-kind = Difference
web-drift-wanted = Sold
web-drift-found = On the panel
web-drift-time = Found
web-drift-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
web-drift-kind-missing = The account is missing
web-drift-kind-expire = It ends at another time
web-drift-kind-data_limit = It has another traffic limit
web-drift-kind-status = It is in another state
web-drift-kind-disabled_by_hand = Somebody switched it off
web-drift-kind-foreign = The name belongs to somebody else's account
web-drift-kind-unknown = It says it is ours, and we do not know it
web-drift-is-there = an account
web-drift-is-nothing = no account
web-drift-is-ours = an account of ours
web-drift-is-foreign = somebody else's account
web-drift-is-never = never ends
web-drift-is-unlimited = no limit
web-drift-is-active = active
web-drift-is-on_hold = waits for its first use
web-drift-is-disabled = switched off
web-drift-is-limited = traffic used up
web-drift-is-expired = expired
web-problem-panel-down-action = Look at the panel
web-flash-panel-compare = It is being compared. What is different appears below.
web-flash-panel-repaired = { $count ->
    [one] { $count } account is
   *[other] { $count } accounts are
} being set right. It is compared again in a minute.
web-flash-panel-repaired-none = There was nothing left to repair.
