//! Pages for everybody.

mod error;
mod landing;
mod subscription;

pub use error::{ErrorKind, ErrorPage};
pub use landing::LandingPage;
pub use subscription::{AppGroup, AppOffer, ImportPage, LinkProblem, LinkProblemPage, SubscriptionPage};
