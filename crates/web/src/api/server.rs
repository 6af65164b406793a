//! The server itself over the API, for administrators.

use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::writes::since_start;

/// `GET /api/v1/server`: commits to disk since the start, and writes in them; both `null` on PostgreSQL.
pub async fn writes(Signed(ctx): Signed) -> Answer {
    let writes = run(move || since_start(&ctx)).await?;
    json(&serde_json::json!({
        "commits": writes.map(|writes| writes.commits),
        "writes": writes.map(|writes| writes.writes),
    }))
}
