//! Apps that take a subscription, on which devices, and how each is handed the link.
//!
//! The schemes are what the apps' own pages and the big shop bots use (`research/peers.md` §4.6); where
//! those differ the app's own wins.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use url::form_urlencoded::byte_serialize;

/// A kind of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    Android,
    Ios,
    Windows,
    Macos,
    Linux,
}

/// An app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum App {
    Happ,
    Hiddify,
    V2rayNg,
    V2RayTun,
    Streisand,
    SingBox,
    Shadowrocket,
    Clash,
}

impl Platform {
    pub const ALL: [Self; 5] = [Self::Android, Self::Ios, Self::Windows, Self::Macos, Self::Linux];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Android => "android",
            Self::Ios => "ios",
            Self::Windows => "windows",
            Self::Macos => "macos",
            Self::Linux => "linux",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|platform| platform.code() == code)
    }

    /// What a browser says that it runs on. Android says Linux too, and an iPad that it is a Mac.
    pub fn of_agent(agent: &str) -> Option<Self> {
        let says = |name: &str| agent.contains(name);
        if says("Android") {
            Some(Self::Android)
        } else if says("iPhone") || says("iPad") {
            Some(Self::Ios)
        } else if says("Windows") {
            Some(Self::Windows)
        } else if says("Macintosh") {
            Some(Self::Macos)
        } else {
            says("Linux").then_some(Self::Linux)
        }
    }

    /// The apps for it, the easiest first.
    pub const fn apps(self) -> &'static [App] {
        match self {
            Self::Android => &[App::Happ, App::V2rayNg, App::Hiddify, App::V2RayTun, App::SingBox],
            Self::Ios => {
                &[App::Happ, App::Streisand, App::V2RayTun, App::Hiddify, App::Shadowrocket, App::SingBox]
            }
            Self::Windows | Self::Linux => &[App::Happ, App::Hiddify, App::Clash],
            Self::Macos => &[App::Happ, App::Hiddify, App::Streisand, App::Clash],
        }
    }
}

impl App {
    pub const ALL: [Self; 8] = [
        Self::Happ,
        Self::Hiddify,
        Self::V2rayNg,
        Self::V2RayTun,
        Self::Streisand,
        Self::SingBox,
        Self::Shadowrocket,
        Self::Clash,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Happ => "happ",
            Self::Hiddify => "hiddify",
            Self::V2rayNg => "v2rayng",
            Self::V2RayTun => "v2raytun",
            Self::Streisand => "streisand",
            Self::SingBox => "sing-box",
            Self::Shadowrocket => "shadowrocket",
            Self::Clash => "clash",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|app| app.code() == code)
    }

    /// Its name, which is the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Happ => "Happ",
            Self::Hiddify => "Hiddify",
            Self::V2rayNg => "v2rayNG",
            Self::V2RayTun => "v2RayTun",
            Self::Streisand => "Streisand",
            Self::SingBox => "sing-box",
            Self::Shadowrocket => "Shadowrocket",
            Self::Clash => "Clash Verge",
        }
    }

    /// The address that opens it with the link. `title` is what it calls the subscription.
    pub fn open(self, link: &str, title: &str) -> String {
        let encoded: String = byte_serialize(link.as_bytes()).collect();
        // In a fragment a plus is no space.
        let title = byte_serialize(title.as_bytes()).collect::<String>().replace('+', "%20");
        match self {
            Self::Happ => format!("happ://add/{link}"),
            Self::Hiddify => format!("hiddify://import/{link}#{title}"),
            Self::V2rayNg => format!("v2rayng://install-sub?url={encoded}#{title}"),
            Self::V2RayTun => format!("v2raytun://import/{link}"),
            Self::Streisand => format!("streisand://import/{link}#{title}"),
            Self::SingBox => format!("sing-box://import-remote-profile?url={encoded}#{title}"),
            Self::Shadowrocket => format!("shadowrocket://add/sub://{}?remark={title}", BASE64.encode(link)),
            Self::Clash => format!("clash://install-config?url={encoded}&name={title}"),
        }
    }

    /// Where one gets it.
    pub const fn store(self, platform: Platform) -> &'static str {
        match (self, platform) {
            (Self::Happ, Platform::Android) => "https://play.google.com/store/apps/details?id=com.happproxy",
            (Self::Happ, Platform::Ios | Platform::Macos) => {
                "https://apps.apple.com/app/happ-proxy-utility/id6504287215"
            }
            (Self::Happ, _) => "https://github.com/Happ-proxy/happ-desktop/releases/latest",
            (Self::Hiddify, Platform::Ios) => "https://apps.apple.com/app/hiddify-proxy-vpn/id6596777532",
            (Self::Hiddify, _) => "https://github.com/hiddify/hiddify-app/releases/latest",
            (Self::V2rayNg, _) => "https://github.com/2dust/v2rayNG/releases/latest",
            (Self::V2RayTun, Platform::Ios | Platform::Macos) => {
                "https://apps.apple.com/app/v2raytun/id6476628951"
            }
            (Self::V2RayTun, _) => "https://play.google.com/store/apps/details?id=com.v2raytun.android",
            (Self::Streisand, _) => "https://apps.apple.com/app/streisand/id6450534064",
            (Self::SingBox, _) => "https://sing-box.sagernet.org/clients/",
            (Self::Shadowrocket, _) => "https://apps.apple.com/app/shadowrocket/id932747118",
            (Self::Clash, _) => "https://github.com/clash-verge-rev/clash-verge-rev/releases/latest",
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(App::Happ, "happ://add/https://b.example/s/T")]
    #[case(App::Hiddify, "hiddify://import/https://b.example/s/T#My%20VPN")]
    #[case(App::V2rayNg, "v2rayng://install-sub?url=https%3A%2F%2Fb.example%2Fs%2FT#My%20VPN")]
    #[case(App::V2RayTun, "v2raytun://import/https://b.example/s/T")]
    #[case(App::Streisand, "streisand://import/https://b.example/s/T#My%20VPN")]
    #[case(App::SingBox, "sing-box://import-remote-profile?url=https%3A%2F%2Fb.example%2Fs%2FT#My%20VPN")]
    #[case(App::Shadowrocket, "shadowrocket://add/sub://aHR0cHM6Ly9iLmV4YW1wbGUvcy9U?remark=My%20VPN")]
    #[case(App::Clash, "clash://install-config?url=https%3A%2F%2Fb.example%2Fs%2FT&name=My%20VPN")]
    fn an_app_is_opened_with_the_link(#[case] app: App, #[case] address: &str) {
        assert_eq!(app.open("https://b.example/s/T", "My VPN"), address);
    }

    #[test]
    fn every_app_and_platform_is_found_by_its_code_and_is_offered_somewhere() {
        for app in App::ALL {
            assert_eq!(App::from_code(app.code()), Some(app));
            assert!(Platform::ALL.iter().any(|platform| platform.apps().contains(&app)), "{app:?}");
        }
        for platform in Platform::ALL {
            assert_eq!(Platform::from_code(platform.code()), Some(platform));
            for app in platform.apps() {
                assert!(app.store(platform).starts_with("https://"), "{app:?} {platform:?}");
            }
        }
    }

    #[rstest]
    #[case("Mozilla/5.0 (Linux; Android 14; Pixel 8)", Some(Platform::Android))]
    #[case("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)", Some(Platform::Ios))]
    #[case("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", Some(Platform::Windows))]
    #[case("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", Some(Platform::Macos))]
    #[case("Mozilla/5.0 (X11; Linux x86_64)", Some(Platform::Linux))]
    #[case("curl/8", None)]
    fn a_browser_says_what_it_runs_on(#[case] agent: &str, #[case] platform: Option<Platform>) {
        assert_eq!(Platform::of_agent(agent), platform);
    }
}
