use rstest::rstest;

use super::*;

fn load(environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load_from(&Overrides::default(), environment)
}

const PUBLIC: (&str, &str) = ("BOTYARD__SERVER__PUBLIC_URL", "https://botyard.example");

#[test]
fn the_defaults_boot_in_both_modes() {
    let config = load(&[]).unwrap();
    config.check(Mode::Production).unwrap();
    config.check(Mode::Sandbox).unwrap();
}

#[test]
fn the_environment_wins_over_the_file_and_the_command_line_over_both() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("botyard.toml");
    std::fs::write(&file, "[server]\nlisten = \"127.0.0.1:1\"\n[limits]\nform_bytes = 7\n").unwrap();
    let overrides = Overrides { file: Some(file), ..Overrides::default() };
    let environment = [("BOTYARD__SERVER__LISTEN".to_owned(), "127.0.0.1:2".to_owned())];
    let config = Config::load_from(&overrides, environment.clone()).unwrap();
    assert_eq!((config.server.listen.port(), config.limits.form_bytes), (2, 7));

    let overrides = Overrides { listen: Some(([127, 0, 0, 1], 3).into()), ..overrides };
    assert_eq!(Config::load_from(&overrides, environment).unwrap().server.listen.port(), 3);
}

#[rstest]
#[case("BOTYARD__SERVER__LISTN", "x", "There is no setting `server.listn`")]
#[case("BOTYARD__SEVER__LISTEN", "x", "There is no setting `sever`")]
#[case("BOTYARD__SERVER__LISTEN", "here", "`server.listen`")]
#[case("BOTYARD__SERVER__PUBLIC_URL", "ftp://x", "`server.public_url`")]
#[case("BOTYARD__SERVER__PUBLIC_URL", "https://me:secret@x", "`server.public_url`")]
#[case("BOTYARD__TELEGRAM__MODE", "pigeon", "`telegram.mode`")]
#[case("BOTYARD__PANELS__ALLOW_PRIVATE", "[\"10.0.0.0/99\"]", "10.0.0.0/99")]
#[case("BOTYARD__PANELS__PORTS", "[\"0\"]", "`panels.ports`")]
#[case("BOTYARD__MAIL__SECURITY", "maybe", "`mail.security`")]
#[case("BOTYARD__MAIL__PORT", "70000", "`mail.port`")]
#[case("BOTYARD__LIMITS__FORM_BYTES", "-1", "`limits.form_bytes`")]
#[case("BOTYARD__ROLES__WEB", "perhaps", "`roles.web`")]
fn a_key_or_value_that_cannot_be_read_refuses_to_boot(
    #[case] name: &str,
    #[case] value: &str,
    #[case] said: &str,
) {
    let refused = load(&[(name, value)]).unwrap_err().to_string();
    assert!(refused.contains(said), "{refused}");
    assert!(!refused.contains("secret"), "{refused}");
}

#[rstest]
#[case(&[("BOTYARD__SERVER__LISTEN", "0.0.0.0:3000")], "without https")]
#[case(&[("BOTYARD__SERVER__PUBLIC_URL", "http://botyard.example")], "https address")]
#[case(&[("BOTYARD__TELEGRAM__MODE", "webhook")], "`telegram.mode`")]
#[case(&[("BOTYARD__TELEGRAM__BASE_URL", "http://127.0.0.1:3000/emulator/telegram")], "an emulator")]
#[case(&[("BOTYARD__TELEGRAM__BASE_URL", "http://localhost:3000")], "an emulator")]
#[case(&[PUBLIC, ("BOTYARD__STRIPE__BASE_URL", "https://botyard.example/x")], "an emulator")]
#[case(&[("BOTYARD__TELEGRAM__BASE_URL", "http://bot-api.lan")], "in the clear")]
#[case(&[("BOTYARD__PROVIDERS__YOOKASSA__BASE_URL", "http://127.0.0.1:3000/emulator/yookassa")], "an emulator")]
#[case(&[("BOTYARD__PROVIDERS__YOOKASSA__BASE_URL", "https://localhost:4000/v3")], "no public https address")]
#[case(&[("BOTYARD__PROVIDERS__YOOKASSA__BASE_URL", "http://yookassa.lan")], "in the clear")]
#[case(&[("BOTYARD__STRIPE__API_KEY", "sk_live_x")], "belong together")]
#[case(&[
    ("BOTYARD__STRIPE__API_KEY", "pk_live_x"),
    ("BOTYARD__STRIPE__WEBHOOK_SECRET", "whsec_x"),
    ("BOTYARD__STRIPE__ACCOUNT", "acct_x"),
], "not a secret key")]
#[case(&[("BOTYARD__PROVIDERS__CRYPTOPAY__BASE_URL", "http://127.0.0.1:9/")], "no public https address")]
#[case(&[("BOTYARD__PROVIDERS__WATA__BASE_URL", "https://[::1]/")], "no public https address")]
#[case(&[("BOTYARD__PROVIDERS__CRYPTOPAY__BASE_URL", "https://10.0.0.7/")], "no public https address")]
#[case(&[("BOTYARD__PROVIDERS__STRIPE__BASE_URL", "https://192.168.1.7/")], "no public https address")]
#[case(&[("BOTYARD__PROVIDERS__STRIPE__BASE_URL", "http://127.0.0.1:3000/emulator/stripe")], "an emulator")]
#[case(&[("BOTYARD__PROVIDERS__CRYPTOPAY__BASE_URL", "https://pay.lan/")], "no public https address")]
#[case(&[("BOTYARD__PROVIDERS__CRYPTOPAY__BASE_URL", "http://127.0.0.1:3000/emulator/cryptopay")], "an emulator")]
#[case(&[("BOTYARD__MAIL__HOST", "mail.example")], "`mail.from`")]
#[case(&[("BOTYARD__MAIL__USERNAME", "me")], "belong together")]
#[case(&[
    ("BOTYARD__MAIL__HOST", "mail.example"),
    ("BOTYARD__MAIL__FROM", "no-reply@botyard.example"),
    ("BOTYARD__MAIL__SECURITY", "none"),
], "in the clear")]
#[case(&[("BOTYARD__SESSIONS__ABSOLUTE_HOURS", "1")], "`sessions.absolute_hours`")]
#[case(&[("BOTYARD__LIMITS__EVENT_STREAMS", "0")], "`limits.event_streams`")]
#[case(&[("BOTYARD__LIMITS__REQUEST_SECONDS", "5")], "`limits.request_seconds`")]
#[case(&[("BOTYARD__TELEGRAM__MESSAGES_PER_SECOND", "0")], "`telegram.messages_per_second`")]
#[case(&[("BOTYARD__TELEGRAM__MESSAGES_PER_SECOND", "1001")], "at most 1000")]
#[case(&[("BOTYARD__LOG__LEVEL", "=loud=")], "`log.level`")]
#[case(&[("BOTYARD__DATA__URL", "mysql://x")], "postgres://")]
#[case(&[("BOTYARD__DATA__URL", "postgres://x/y")], "`data.state_dir`")]
#[case(&[("BOTYARD__DATA__SCHEMA_PREFIX", "a;drop")], "`data.schema_prefix`")]
#[case(&[
    ("BOTYARD__ROLES__WEB", "false"),
    ("BOTYARD__ROLES__BOTS", "false"),
    ("BOTYARD__ROLES__JOBS", "false"),
], "do nothing")]
#[case(&[("BOTYARD__ROLES__BOTS", "false")], "switch `roles.bots` on")]
#[case(&[("BOTYARD__ROLES__WEB", "false"), ("BOTYARD__ROLES__BOTS", "false")], "switch `roles.bots` on")]
#[case(&[
    PUBLIC,
    ("BOTYARD__TELEGRAM__MODE", "webhook"),
    ("BOTYARD__ROLES__BOTS", "false"),
    ("BOTYARD__ROLES__JOBS", "false"),
], "both on or both off")]
#[case(&[PUBLIC, ("BOTYARD__TELEGRAM__MODE", "webhook"), ("BOTYARD__ROLES__WEB", "false")], "both on or both off")]
fn an_unsafe_combination_refuses_to_boot(#[case] environment: &[(&str, &str)], #[case] said: &str) {
    let refused = load(environment).unwrap().check(Mode::Production).unwrap_err().to_string();
    assert!(refused.contains(said), "{refused}");
}

#[test]
fn a_sandbox_may_listen_on_a_network_without_https() {
    load(&[("BOTYARD__SERVER__LISTEN", "0.0.0.0:3000")]).unwrap().check(Mode::Sandbox).unwrap();
}

#[test]
fn printed_settings_hold_no_secret_and_can_be_read_again() {
    let config = load(&[
        ("BOTYARD__MAIL__PASSWORD", "mail_canary"),
        ("BOTYARD__STRIPE__API_KEY", "sk_live_canary"),
        ("BOTYARD__STRIPE__WEBHOOK_SECRET", "whsec_canary"),
        ("BOTYARD__DATA__URL", "postgres://me:canary@db/botyard"),
        ("BOTYARD__DATA__MIGRATE_URL", "postgres://root:canary@db/botyard"),
        ("BOTYARD__DATA__STATE_DIR", "/var/lib/botyard"),
    ])
    .unwrap();
    let printed = config.printed();
    assert!(!printed.contains("canary") && !format!("{config:?}").contains("canary"), "{printed}");
    let overrides = Overrides { file: None, ..Overrides::default() };
    let read = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(&printed));
    assert!(read.extract::<Config>().is_ok(), "{printed}");
    assert!(Config::load_from(&overrides, []).is_ok());
}
