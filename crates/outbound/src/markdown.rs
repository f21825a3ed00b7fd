//! Markdown as HTML that is safe in any page. The parsing is `pulldown-cmark`'s, the cleaning `ammonia`'s.

use async_trait::async_trait;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::knowledge::article::port::MarkdownRenderer;
use pulldown_cmark::{Event, Options, Parser, html};

/// Quotes and lists inside of each other are shown up to here: cleaning takes longer the deeper they are.
const DEEPEST: usize = 32;

/// Tags that somebody wrote themselves are taken for text where there are more, for the same reason.
const MOST_OWN_TAGS: usize = 1_000;

/// Makes HTML of `CommonMark` with tables, task lists, footnotes and strikethrough. HTML that was written in it stays as far as it is
/// harmless.
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown;

#[async_trait]
impl MarkdownRenderer for Markdown {
    async fn html(&self, markdown: &str) -> Result<String, StoreError> {
        let markdown = markdown.to_owned();
        let working = tokio::task::spawn_blocking(move || render(&markdown));
        working.await.map_err(|error| StoreError::Bug(Box::new(error)))
    }
}

fn render(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    let is_tame = markdown.matches('<').count() <= MOST_OWN_TAGS;
    let mut depth = 0_usize;
    let events = Parser::new_ext(markdown, options).filter_map(|event| match event {
        Event::Start(tag) => {
            depth += 1;
            (depth <= DEEPEST).then_some(Event::Start(tag))
        }
        Event::End(tag) => {
            depth = depth.saturating_sub(1);
            (depth < DEEPEST).then_some(Event::End(tag))
        }
        Event::Html(text) | Event::InlineHtml(text) if !is_tame => Some(Event::Text(text)),
        other => Some(other),
    });
    let mut rendered = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut rendered, events);
    ammonia::clean(&rendered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html() {
        let html = render("# Title\n\n*a* **b** `c`\n\n| x |\n|---|\n| y |\n\n- [link](https://example.com)\n");
        for part in
            ["<h1>Title</h1>", "<em>a</em>", "<strong>b</strong>", "<code>c</code>", "<td>y</td>", "href=\"https://example.com\""]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn nothing_in_it_runs() {
        for evil in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<iframe src=\"https://example.com\"></iframe>",
            "<svg onload=alert(1)>",
            "<b onclick=\"alert(1)\">x</b>",
            "![x](javascript:alert(1))",
            "<style>* { display: none }</style>",
            "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
            "<form action=\"https://example.com\"><input></form>",
        ] {
            let html = render(evil).to_lowercase();
            for word in ["script", "alert", "onerror", "onload", "onclick", "iframe", "<style", "<form", "data:"] {
                assert!(!html.contains(word), "{evil}: {html}");
            }
        }
        assert!(render("<b>bold</b>").contains("<b>bold</b>"));
    }

    #[test]
    fn what_is_nested_without_end_takes_no_time() {
        let start = std::time::Instant::now();
        let deep = render(&format!("{} deep", ">".repeat(65_000)));
        assert!(deep.contains("deep"), "{}", &deep[..deep.len().min(200)]);
        let tags: String = (0..5_000).map(|n| format!("<b id={n}>")).collect();
        assert!(render(&format!("{tags}{}", "<p>x".repeat(5_000))).contains("&lt;p&gt;"));
        assert!(start.elapsed().as_secs() < 20);
    }
}
