//! What everybody may read without asking: questions that are often asked, with their answers.

pub mod faq;

pub use faq::{Faq, FaqError, FaqState, FaqView, Faqs, Reader};
