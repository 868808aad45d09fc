//! Pages for everybody.

mod error;
mod landing;

pub use error::{ErrorKind, ErrorPage};
pub use landing::LandingPage;
