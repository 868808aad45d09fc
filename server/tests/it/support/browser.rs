//! As much of a browser as the flows need: cookies, own-origin headers, redirects by hand.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Mutex, PoisonError},
};

use reqwest::{Client, Method, RequestBuilder, redirect::Policy};

/// A browser without JavaScript.
pub struct Browser {
    client: Client,
    server: SocketAddr,
    host: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// 0 when the connection broke; the body says why.
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Whether the page has this text, as it is read: the marks around values that say where their
    /// direction begins and ends are not seen.
    pub fn shows(&self, text: &str) -> bool {
        let read = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
        read(&self.body).contains(&read(text))
    }
}

impl Browser {
    pub fn new(server: SocketAddr, host: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().expect("a client");
        Self { client, server, host: format!("{host}:{}", server.port()), cookies: Mutex::default() }
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.host)
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar().insert(name.to_owned(), value.to_owned());
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).header("sec-fetch-site", "none")).await
    }

    pub async fn get_in(&self, path: &str, language: &str) -> Answer {
        self.send(self.request(Method::GET, path).header("accept-language", language)).await
    }

    /// Sends a form from a page of ours.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.request(Method::POST, path).header("sec-fetch-site", "same-origin").form(fields)).await
    }

    /// Sends a form with a file, from a page of ours. Without one the field is empty.
    pub async fn post_file(&self, path: &str, field: &str, content: Option<&[u8]>) -> Answer {
        let mut body = Vec::new();
        if let Some(content) = content {
            let head = format!(
                "--B\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"x.png\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(
            b"--B\r\ncontent-disposition: form-data; name=\"sample\"\r\n\r\nx\r\n--B--\r\n",
        );
        let request = self.request(Method::POST, path).header("sec-fetch-site", "same-origin");
        self.send(request.header("content-type", "multipart/form-data; boundary=B").body(body)).await
    }

    /// Sends a request as it is, without the headers of our own pages.
    pub async fn raw(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.request(method, path).body("a=b");
        self.send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
    }

    /// Follows redirects on this server until there is a page.
    pub async fn follow(&self, answer: Answer) -> Answer {
        let mut answer = answer;
        for _ in 0..6 {
            if answer.status != 303 {
                return answer;
            }
            answer = self.get(answer.location()).await;
        }
        panic!("the server redirects in a circle: {}", answer.location());
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies: Vec<String> = self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let url = format!("http://{}{path}", self.server);
        self.client.request(method, url).header("host", &self.host).header("cookie", cookies.join("; "))
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) => {
                return Answer { status: 0, headers: http::HeaderMap::new(), body: error.to_string() };
            }
        };
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        self.keep_cookies(&headers);
        let body = answer.text().await.unwrap_or_default();
        Answer { status, headers, body }
    }

    fn keep_cookies(&self, headers: &http::HeaderMap) {
        for line in headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok()) {
            let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            if value.is_empty() {
                self.jar().remove(name);
            } else {
                self.jar().insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
