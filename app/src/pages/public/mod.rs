//! Pages for everybody.

mod error;
mod landing;
mod mail;
mod subscription;

pub use error::{ErrorKind, ErrorPage};
pub use landing::LandingPage;
pub use mail::{MailGonePage, MailPage};
pub use subscription::{AppGroup, AppOffer, ImportPage, LinkProblem, LinkProblemPage, SubscriptionPage};
