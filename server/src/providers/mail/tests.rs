//! The real client against a small SMTP server in this process (RFC 5321), which keeps what it hears.

use std::sync::{Arc, Mutex};

use domain::{
    clock::MockClock,
    ids::TenantId,
    ports::{Mail, MailError, Mailer as _},
};
use proptest::prelude::*;
use rstest::rstest;
use secrecy::SecretString;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{
    SmtpMailer, message,
    refusal::{class_of_reply, enhanced},
};
use crate::config::{MailSecurity, MailServer};

const FROM: &str = "no-reply@botyard.example";
/// As long as a real one.
const PAGE: &str =
    "https://botyard.example/m/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What the server answers to some commands, by their beginnings, in place of its own answers.
type Answers = &'static [(&'static str, &'static str)];

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn add(&self, line: &str) {
        self.0.lock().unwrap().push(line.to_owned());
    }
}

async fn server(answers: Answers) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, heard) = (listener.local_addr().unwrap().port(), Heard::default());
    let hears = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, hears.clone(), answers));
        }
    });
    (port, heard)
}

async fn serve(stream: TcpStream, heard: Heard, answers: Answers) {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.test ESMTP\r\n").await.unwrap();
    let (mut line, mut in_data) = (String::new(), false);
    loop {
        line.clear();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let said = line.trim_end_matches("\r\n").to_owned();
        heard.add(&said);
        if in_data && said != "." {
            continue;
        }
        let own = match said.split(' ').next().unwrap_or_default() {
            "EHLO" => "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            "AUTH" => "235 2.7.0 Accepted",
            "DATA" => "354 Go on",
            "." => "250 2.0.0 Taken",
            "QUIT" => "221 Bye",
            _ => "250 2.0.0 Ok",
        };
        let answer = answers.iter().find(|(command, _)| said.starts_with(command));
        let answer = answer.map_or(own, |(_, answer)| answer);
        in_data = answer.starts_with("354");
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
    }
}

fn mail() -> Mail {
    Mail {
        tenant: TenantId::new(),
        id: "0192f0c1".into(),
        to: "sara@example.com".into(),
        from: "فست‌لاین".into(),
        subject: "⏳ اشتراک شما فردا تمام می‌شود".into(),
        text: "سلام\n.\nپایان".into(),
        html: "<p dir=\"rtl\">سلام</p>".into(),
        unsubscribe: PAGE.parse().ok(),
    }
}

fn mailer(port: u16) -> SmtpMailer {
    let password = SecretString::from("canary-password");
    let server = MailServer {
        host: "127.0.0.1",
        port,
        security: MailSecurity::None,
        login: Some(("botyard", &password)),
        from: FROM,
    };
    SmtpMailer::new(server, Arc::new(MockClock::new())).unwrap()
}

async fn sent(answers: Answers, mail: &Mail) -> (Result<(), MailError>, Vec<String>) {
    let (port, heard) = server(answers).await;
    let outcome = mailer(port).send(mail).await;
    (outcome, heard.lines())
}

/// The headers of what was sent, each on one line.
fn headers(lines: &[String]) -> Vec<String> {
    let data = lines.iter().position(|line| line == "DATA").unwrap();
    let mut headers: Vec<String> = Vec::new();
    for line in lines[data + 1..].iter().take_while(|line| !line.is_empty()) {
        match line.strip_prefix(' ') {
            Some(rest) => headers.last_mut().unwrap().push_str(rest),
            None => headers.push(line.clone()),
        }
    }
    headers
}

fn names(headers: &[String]) -> Vec<String> {
    headers.iter().filter_map(|header| Some(header.split_once(':')?.0.to_owned())).collect()
}

#[tokio::test]
async fn a_mail_is_taken_with_its_login_its_sender_and_its_way_out() {
    let (outcome, lines) = sent(&[], &mail()).await;
    assert_eq!(outcome, Ok(()));
    assert!(lines.iter().any(|line| line == "EHLO botyard.example"), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("AUTH PLAIN ")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("MAIL FROM:<no-reply@botyard.example>")), "{lines:?}");
    assert!(lines.iter().any(|line| line == "RCPT TO:<sara@example.com>"), "{lines:?}");
    let headers = headers(&lines);
    let holds = |text: &str| headers.iter().any(|header| header == text);
    assert!(holds("Message-ID: <0192f0c1@botyard.example>"), "{headers:?}");
    assert!(holds("To: sara@example.com"), "{headers:?}");
    assert!(holds(&format!("List-Unsubscribe: <{PAGE}>")), "{headers:?}");
    assert!(holds("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{headers:?}");
    assert!(holds("Auto-Submitted: auto-generated"), "{headers:?}");
    let whole = lines.join("\n");
    assert!(whole.contains("multipart/alternative"), "{whole}");
    assert!(whole.contains("text/plain") && whole.contains("text/html"), "{whole}");
}

#[rstest]
#[case("Fast\r\nBcc: spy@example.org", "Hi\r\nX-Evil: 1\r\n\r\nbody")]
#[case("Fast\nBcc: spy@example.org", "Hi\nBcc: spy@example.org")]
#[case("Fast\u{85}\u{2028}Bcc: spy@example.org", "Hi\0\u{b}\u{c}\rBcc: x")]
#[case("\"Fast\" <spy@example.org>, Other", "=?utf-8?b?SGkNCkJjYzogeA==?=")]
#[tokio::test]
async fn whatever_a_shop_is_called_no_header_and_no_recipient_is_added(
    #[case] from: &str,
    #[case] subject: &str,
) {
    let odd = Mail { from: from.into(), subject: subject.into(), ..mail() };
    let (outcome, lines) = sent(&[], &odd).await;
    assert_eq!(outcome, Ok(()));
    let (_, plain) = sent(&[], &mail()).await;
    assert_eq!(names(&headers(&lines)), names(&headers(&plain)), "{lines:?}");
    let to: Vec<_> = lines.iter().filter(|line| line.starts_with("RCPT")).collect();
    assert_eq!(to, ["RCPT TO:<sara@example.com>"]);
    let from: Vec<_> = lines.iter().filter(|line| line.starts_with("From: ")).collect();
    assert_eq!(from.len(), 1, "{from:?}");
    assert_eq!(
        headers(&lines).iter().find(|header| header.starts_with("From: ")).unwrap().matches('<').count(),
        1
    );
}

#[tokio::test]
async fn an_address_that_would_add_something_is_not_sent_to() {
    for to in ["sara@example.com>\r\nRCPT TO:<spy@example.org", "sara@example.com\r\nBcc: x@y.org", "sara"] {
        let (outcome, lines) = sent(&[], &Mail { to: to.into(), ..mail() }).await;
        assert!(matches!(outcome, Err(MailError::Refused(_))), "{outcome:?}");
        assert_eq!(lines, [""; 0]);
    }
}

#[rstest]
#[case::no_such_mailbox(&[("RCPT", "550 5.1.1 <sara@example.com> is nobody")], MailError::Refused("550 5.1.1".into()))]
#[case::without_an_enhanced_code(&[("RCPT", "550 No such user")], MailError::Refused("550".into()))]
#[case::full(&[("RCPT", "452 4.2.2 Full")], MailError::Retry("452 4.2.2".into()))]
#[case::greylisted(&[("RCPT", "451 4.7.1 Come back")], MailError::Retry("451 4.7.1".into()))]
#[case::spam(&[(".", "554 5.7.1 Spam")], MailError::Failed("554 5.7.1".into()))]
#[case::login(&[("AUTH", "535 5.7.8 Wrong")], MailError::Retry("535 5.7.8".into()))]
#[case::sender(&[("MAIL", "550 5.1.8 Bad sender")], MailError::Failed("550 5.1.8".into()))]
#[tokio::test]
async fn a_refusal_says_whether_the_address_is_to_blame_and_names_nobody(
    #[case] answers: Answers,
    #[case] expected: MailError,
) {
    assert_eq!(sent(answers, &mail()).await.0, Err(expected));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mailer = mailer(port);
    assert!(matches!(mailer.send(&mail()).await, Err(MailError::Retry(_))));
    assert!(mailer.check().await.is_err());
}

#[tokio::test]
async fn a_server_that_answers_is_found_well_without_a_mail() {
    let (port, heard) = server(&[]).await;
    assert_eq!(mailer(port).check().await, Ok(()));
    assert!(!heard.lines().iter().any(|line| line.starts_with("MAIL")), "{:?}", heard.lines());
    let (port, _) = server(&[("AUTH", "535 5.7.8 Wrong")]).await;
    assert!(mailer(port).check().await.is_err());
}

#[rstest]
#[case(550, Some((1, 1)), true)]
#[case(550, Some((1, 10)), true)]
#[case(552, Some((2, 2)), true)]
#[case(552, Some((2, 3)), false)]
#[case(550, Some((7, 1)), false)]
#[case(553, None, true)]
#[case(554, None, false)]
#[case(421, None, false)]
fn codes_that_blame_the_address(
    #[case] code: u16,
    #[case] enhanced: Option<(u16, u16)>,
    #[case] blames: bool,
) {
    assert_eq!(matches!(class_of_reply(code, enhanced), MailError::Refused(_)), blames);
}

#[rstest]
#[case("5.1.1 No such user", Some((1, 1)))]
#[case("550 5.7.26 Unauthenticated", Some((7, 26)))]
#[case("No such user at 10.1.1", None)]
#[case("see 1.2.3.4", None)]
#[case("", None)]
fn enhanced_codes_are_read(#[case] said: &str, #[case] expected: Option<(u16, u16)>) {
    assert_eq!(enhanced(said), expected);
}

proptest! {
    #[test]
    fn no_name_and_no_subject_makes_another_header(from in "\\PC{0,30}[\r\n]{0,2}\\PC{0,30}", subject in ".{0,120}") {
        let from_address = FROM.parse().unwrap();
        let odd = Mail { from, subject, text: "x".into(), html: "y".into(), ..mail() };
        let Ok(message) = message::build(&odd, &from_address, chrono::DateTime::UNIX_EPOCH) else {
            return Err(TestCaseError::fail("not built"));
        };
        let whole = String::from_utf8_lossy(&message.formatted()).into_owned();
        let (head, _) = whole.split_once("\r\n\r\n").unwrap();
        let known = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe",
            "List-Unsubscribe-Post", "MIME-Version", "Content-Type"];
        for line in head.split("\r\n") {
            prop_assert!(!line.contains(['\r', '\n']), "{}", line);
            let name = line.split(':').next().unwrap_or_default();
            prop_assert!(line.starts_with([' ', '\t']) || known.contains(&name), "{}", line);
        }
    }
}

#[test]
fn every_address_that_is_taken_from_people_can_be_written_to() {
    use domain::shop::mail::address::MailAddress;
    for typed in ["sara@example.com", "Sara.Q+vpn@example.com", "info@почта.рф", "o'neil@example.co.uk"]
    {
        let address = MailAddress::read(typed).unwrap();
        assert!(address.as_str().parse::<lettre::Address>().is_ok(), "{typed}");
    }
}
