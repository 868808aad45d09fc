//! Signing up, in and out.

mod login;
mod logout;
mod signup;

use super::Routes;

pub fn routes() -> Routes {
    Routes::new()
        .form("/signup", signup::get, signup::post)
        .form("/login", login::get, login::post)
        .act("/logout", logout::post)
}
