//! Signing up and in.

mod frame;
mod login;
mod signup;

pub use login::LoginPage;
pub use signup::SignUpPage;
