//! What everybody may read without asking.

mod faq;
mod found;
