//! Pages to read the documents with: Swagger UI and `ReDoc`, served from the binary.

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa_swagger_ui::Config;

const REDOC: &str = include_str!("../../assets/redoc.standalone.js");
const A_DAY: &str = "public, max-age=86400";

/// Mounts the pages and what they need.
pub fn mount(config: &mut web::ServiceConfig) {
    for path in ["/docs", "/api/docs", "/api/v1/docs"] {
        config.route(path, web::get().to(swagger));
    }
    for path in ["/redoc", "/api/v1/redoc"] {
        config.route(path, web::get().to(redoc));
    }
    config.route("/assets/redoc.js", web::get().to(redoc_script));
    config.route("/assets/swagger/{file}", web::get().to(swagger_asset));
}

async fn swagger() -> HttpResponse {
    page(
        r##"<link rel="stylesheet" href="/assets/swagger/swagger-ui.css"><div id="ui"></div>
<script src="/assets/swagger/swagger-ui-bundle.js"></script>
<script src="/assets/swagger/swagger-ui-standalone-preset.js"></script>
<script>
SwaggerUIBundle({
  dom_id: "#ui",
  urls: [
    { name: "platform", url: "/api/v1/schema/" },
    { name: "classic", url: "/api/v1/schema/?dialect=classic" },
    { name: "help", url: "/api/help/schema/" },
    { name: "smartsupport", url: "/api/schema/" },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: "StandaloneLayout",
  deepLinking: true,
  persistAuthorization: true,
});
</script>"##,
    )
}

async fn redoc() -> HttpResponse {
    page(r#"<redoc spec-url="/api/v1/schema/"></redoc><script src="/assets/redoc.js"></script>"#)
}

fn page(body: &str) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Helpdesk API</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>body{{margin:0}}</style></head>\
         <body>{body}</body></html>"
    ))
}

async fn redoc_script() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/javascript; charset=utf-8"))
        .insert_header((CACHE_CONTROL, A_DAY))
        .body(REDOC)
}

async fn swagger_asset(request: HttpRequest) -> HttpResponse {
    let file = request.match_info().get("file").unwrap_or_default();
    match utoipa_swagger_ui::serve(file, Arc::new(Config::from("/api/v1/schema/"))) {
        Ok(Some(asset)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, asset.content_type))
            .insert_header((CACHE_CONTROL, A_DAY))
            .body(asset.bytes.into_owned()),
        _ => HttpResponse::NotFound().finish(),
    }
}
