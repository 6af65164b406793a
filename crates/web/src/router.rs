//! Every route, readable top to bottom.
//!
//! A line is `method "path" => handler;` in the group of its area. The same lines make [`ROUTES`], from which the
//! access matrix test lists them. Paths of pages are Vietnamese words without marks; the API is under `/api/v1`.

use crate::state::Web;
use crate::{api, assets, csrf, error, headers, pages, session};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// What a route belongs to; also decides which entry of the navigation is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    SignIn,
    Home,
    Plans,
    Units,
    Campaigns,
    Assignments,
    Reports,
    Board,
    Consolidation,
    Copies,
    Search,
    Mail,
    Api,
}

/// One line of the route table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// In small letters: `get`, `post`, `put`, `delete`.
    pub method: &'static str,
    /// With parameters in braces, as in the table.
    pub path: &'static str,
    pub area: Area,
}

macro_rules! routes {
    ($($area:ident { $($method:ident $path:literal => $handler:path;)* })*) => {
        /// Every route of the server.
        pub const ROUTES: &[Route] = &[
            $($(Route { method: stringify!($method), path: $path, area: Area::$area },)*)*
        ];

        fn table() -> Router<Web> {
            Router::new()
                $($(.route($path, axum::routing::$method($handler)))*)*
        }
    };
}

routes! {
    SignIn {
        get "/dang-nhap" => pages::login::view;
        post "/dang-nhap" => pages::login::sign_in;
        post "/dang-xuat" => pages::login::sign_out;
        post "/trinh-dien/ngay-mai" => pages::demo::next_day;
        get "/assets/{name}" => assets::serve;
    }
    Home {
        get "/" => pages::home::view;
        get "/tai-khoan" => pages::account::view;
        post "/tai-khoan/mat-khau" => pages::account::set_password;
    }
    Plans {
        get "/ke-hoach" => pages::plans::list;
        get "/ke-hoach/moi" => pages::plans::list;
        post "/ke-hoach/moi" => pages::plans::upload;
        post "/ke-hoach/moi/doi-chieu" => pages::plans::confirm_repair;
        get "/ke-hoach/{id}" => pages::plans::review;
        post "/ke-hoach/{id}" => pages::plans::edit;
        get "/ke-hoach/{id}/tep" => pages::plans::file;
        post "/ke-hoach/{id}/luu-y" => pages::plans::answer;
        get "/ke-hoach/{id}/so-sanh" => pages::plans::difference;
    }
    Units {
        get "/don-vi" => pages::units::top;
        get "/don-vi/nhap" => pages::units::import_form;
        post "/don-vi/nhap" => pages::units::import_trial;
        post "/don-vi/nhap/xac-nhan" => pages::units::import_confirm;
        get "/don-vi/quyet-dinh" => pages::decisions::list;
        get "/don-vi/quyet-dinh/moi" => pages::decisions::new_form;
        post "/don-vi/quyet-dinh/moi" => pages::decisions::enter;
        get "/don-vi/quyet-dinh/{id}" => pages::decisions::view;
        post "/don-vi/quyet-dinh/{id}/ap-dung" => pages::decisions::apply;
        post "/don-vi/quyet-dinh/{id}/bo" => pages::decisions::discard;
        post "/don-vi/quyet-dinh/{id}/huy-bo" => pages::decisions::counter;
        get "/don-vi/{id}" => pages::units::unit;
        post "/don-vi/{id}" => pages::units::edit;
        get "/don-vi/{id}/so-lieu" => pages::unit_figures::view;
    }
    Campaigns {
        get "/dot" => pages::campaigns::list;
        get "/dot/moi" => pages::campaigns::new_form;
        post "/dot/moi" => pages::campaigns::create;
        get "/dot/{short}" => pages::campaigns::view;
        get "/dot/{short}/sua" => pages::campaigns::edit_form;
        post "/dot/{short}/sua" => pages::campaigns::edit;
        post "/dot/{short}/phat-hanh" => pages::campaigns::issue;
        get "/dot/{short}/de-cuong" => pages::outline::view;
        post "/dot/{short}/de-cuong/muc" => pages::outline::edit_section;
        post "/dot/{short}/de-cuong/chi-tieu" => pages::outline::edit_indicator;
        post "/dot/{short}/de-cuong/nhap" => pages::outline::import_trial;
        post "/dot/{short}/de-cuong/nhap/xac-nhan" => pages::outline::import_confirm;
    }
    Assignments {
        get "/dot/{short}/nhiem-vu" => pages::assignments::list;
        post "/dot/{short}/nhiem-vu/lap" => pages::assignments::derive;
        get "/dot/{short}/nhiem-vu/moi" => pages::assignments::new_line;
        post "/dot/{short}/nhiem-vu/moi" => pages::assignments::add;
        get "/dot/{short}/nhiem-vu/{id}" => pages::assignments::line;
        post "/dot/{short}/nhiem-vu/{id}" => pages::assignments::change;
        post "/dot/{short}/nhiem-vu/{id}/bo" => pages::assignments::remove;
        get "/dot/{short}/dat-han/{unit}" => pages::assignments::dues;
        post "/dot/{short}/dat-han/{unit}" => pages::assignments::set_dues;
        get "/nhiem-vu/{id}/gia-han" => pages::assignments::extend_form;
        post "/nhiem-vu/{id}/gia-han" => pages::assignments::extend;
        get "/dot/{short}/viec" => pages::assignments::tasks;
        post "/dot/{short}/viec/{id}" => pages::assignments::tick_task;
    }
    Reports {
        get "/bao-cao/{id}" => pages::reports::hub::view;
        get "/bao-cao/{id}/toan-van" => pages::reports::reading::text;
        get "/bao-cao/{id}/thay-doi" => pages::reports::reading::changes;
        get "/bao-cao/{id}/tai-ve" => pages::reports::files::document;
        get "/bao-cao/{id}/kiem-tra" => pages::reports::checks::view;
        post "/bao-cao/{id}/kiem-tra" => pages::reports::checks::give;
        get "/bao-cao/{id}/muc/{section}" => pages::reports::section::edit;
        post "/bao-cao/{id}/muc/{section}" => pages::reports::section::save;
        get "/bao-cao/{id}/muc/{section}/lich-su" => pages::reports::versions::history;
        post "/bao-cao/{id}/muc/{section}/khoi-phuc" => pages::reports::versions::restore;
        get "/bao-cao/{id}/muc/{section}/ghep" => pages::reports::versions::settle_form;
        post "/bao-cao/{id}/muc/{section}/ghep" => pages::reports::versions::settle;
        post "/bao-cao/{id}/muc/{section}/gop-y" => pages::reports::margin::comment;
        post "/bao-cao/{id}/muc/{section}/gop-y/{comment}/xong" => pages::reports::margin::resolve;
        post "/bao-cao/{id}/muc/{section}/giao" => pages::reports::margin::hand;
        get "/bao-cao/{id}/so-lieu" => pages::reports::figures::open;
        post "/bao-cao/{id}/so-lieu" => pages::reports::figures::save;
        get "/bao-cao/{id}/tep" => pages::reports::files::list;
        post "/bao-cao/{id}/tep" => pages::reports::files::add;
        get "/bao-cao/{id}/tep/{file}" => pages::reports::files::one;
        post "/bao-cao/{id}/tep/{file}/bo" => pages::reports::files::remove;
        get "/bao-cao/{id}/mau" => pages::reports::uploads::template_file;
        get "/bao-cao/{id}/nop-tep" => pages::reports::uploads::form;
        post "/bao-cao/{id}/nop-tep" => pages::reports::uploads::upload;
        get "/bao-cao/{id}/nop-tep/{upload}" => pages::reports::uploads::changes;
        post "/bao-cao/{id}/nop-tep/{upload}" => pages::reports::uploads::apply;
        post "/bao-cao/{id}/nop-tep/{upload}/bo" => pages::reports::uploads::discard;
        post "/bao-cao/{id}/trinh" => pages::reports::steps::propose;
        post "/bao-cao/{id}/lay-lai" => pages::reports::steps::take_back;
        get "/bao-cao/{id}/thong-qua" => pages::reports::adoption::form;
        post "/bao-cao/{id}/thong-qua" => pages::reports::adoption::record;
        get "/bao-cao/{id}/ban-hanh" => pages::reports::issuing::form;
        post "/bao-cao/{id}/ban-hanh" => pages::reports::issuing::issue;
        get "/bao-cao/{id}/gui" => pages::reports::issuing::send_form;
        post "/bao-cao/{id}/gui" => pages::reports::issuing::send;
        get "/bao-cao/{id}/bien-nhan" => pages::reports::issuing::receipt;
        post "/bao-cao/{id}/thu-hoi" => pages::reports::steps::withdraw;
        post "/bao-cao/{id}/tiep-nhan" => pages::reports::steps::receive;
        post "/bao-cao/{id}/chuyen" => pages::reports::steps::forward;
        get "/bao-cao/{id}/tra-lai" => pages::reports::returning::form;
        post "/bao-cao/{id}/tra-lai" => pages::reports::returning::send;
        post "/bao-cao/{id}/sua-lai" => pages::reports::steps::revise;
        post "/bao-cao/{id}/chap-nhan" => pages::reports::steps::accept;
        post "/bao-cao/{id}/mien" => pages::reports::steps::waive;
        post "/bao-cao/{id}/bo-mien" => pages::reports::steps::reinstate;
    }
    Board {
        get "/dot/{short}/bang" => pages::board::view;
        get "/dot/{short}/bang/tai-ve" => pages::board::file;
        get "/dot/{short}/bang/song" => pages::board::stream::overview_stream;
        get "/dot/{short}/bang/{view}" => pages::board::panes::view;
        get "/dot/{short}/bang/{view}/song" => pages::board::stream::pane_stream;
        get "/dot/{short}/bang/{view}/tai-ve" => pages::board::panes::file;
        get "/dot/{short}/so-lieu" => pages::figures::view;
        get "/dot/{short}/so-lieu/tai-ve" => pages::figures::file;
        get "/dot/{short}/so-lieu/cap" => pages::level_figures::view;
        get "/dot/{short}/so-lieu/cap/tai-ve" => pages::level_figures::file;
        post "/dot/{short}/so-lieu/kiem-lai" => pages::figures::recount;
    }
    Consolidation {
        get "/bao-cao/{id}/tong-hop" => pages::consolidation::overview;
        get "/bao-cao/{id}/tong-hop/so-lieu" => pages::consolidation::figures;
        post "/bao-cao/{id}/tong-hop/so-lieu" => pages::consolidation::refresh;
        get "/bao-cao/{id}/tong-hop/{section}" => pages::consolidation::section;
        post "/bao-cao/{id}/tong-hop/{section}" => pages::consolidation::write;
        get "/bao-cao/{id}/nguon/{section}/{passage}" => pages::consolidation::passage_source;
        get "/bao-cao/{id}/nguon-so-lieu/{indicator}/{period}" => pages::consolidation::figure_source;
        post "/bao-cao/{id}/nguon-so-lieu/{indicator}/{period}" => pages::consolidation::correct;
    }
    Copies {
        get "/dot/{short}/trung-lap" => pages::copies::list;
        get "/dot/{short}/trung-lap/muc" => pages::copies::sections;
        get "/dot/{short}/trung-lap/{a}/{b}" => pages::copies::two;
    }
    Search {
        get "/tim-kiem" => pages::search::view;
    }
    Mail {
        get "/dot/{short}/don-doc" => pages::reminders::view;
        post "/dot/{short}/don-doc" => pages::reminders::send;
        post "/dot/{short}/cong-van-don-doc" => pages::reminders::letter_file;
    }
    Api {
        post "/api/v1/plans" => api::plans::upload;
        get "/api/v1/plans/{id}" => api::plans::get;
        put "/api/v1/plans/{id}" => api::plans::save;
        post "/api/v1/plans/{id}/confirmation" => api::plans::confirm;
        get "/api/v1/plans/{id}/findings" => api::plans::findings;
        put "/api/v1/plans/{id}/findings/{finding}" => api::plans::answer;
        get "/api/v1/plans/{id}/difference" => api::plans::difference;
        post "/api/v1/units" => api::plans::import_units;
        put "/api/v1/units/{id}" => api::plans::edit_unit;
        get "/api/v1/units/{id}/figures" => api::board::unit_figures;
        get "/api/v1/trees" => api::plans::trees;
        get "/api/v1/trees/{id}/units" => api::plans::units;
        get "/api/v1/units/{id}/life" => api::decisions::life;
        get "/api/v1/trees/{id}/decisions" => api::decisions::list;
        post "/api/v1/trees/{id}/decisions" => api::decisions::enter;
        get "/api/v1/decisions/{id}" => api::decisions::view;
        delete "/api/v1/decisions/{id}" => api::decisions::discard;
        post "/api/v1/decisions/{id}/application" => api::decisions::apply;
        post "/api/v1/decisions/{id}/counter" => api::decisions::counter;
        get "/api/v1/campaigns" => api::campaigns::list;
        post "/api/v1/campaigns" => api::campaigns::open;
        get "/api/v1/campaigns/{short}" => api::campaigns::get;
        post "/api/v1/campaigns/{short}/issue" => api::campaigns::issue;
        get "/api/v1/campaigns/{short}/outline" => api::campaigns::outline;
        put "/api/v1/campaigns/{short}/sections" => api::campaigns::import_sections;
        put "/api/v1/campaigns/{short}/indicators" => api::campaigns::import_indicators;
        get "/api/v1/campaigns/{short}/assignments" => api::assignments::list;
        post "/api/v1/campaigns/{short}/assignments" => api::assignments::add;
        post "/api/v1/campaigns/{short}/assignments/derive" => api::assignments::derive;
        put "/api/v1/campaigns/{short}/assignments/{id}" => api::assignments::change;
        delete "/api/v1/campaigns/{short}/assignments/{id}" => api::assignments::remove;
        post "/api/v1/campaigns/{short}/delegated-due/{unit}" => api::assignments::set_due;
        post "/api/v1/assignments/{id}/extension" => api::assignments::extend;
        get "/api/v1/work" => api::reports::work;
        get "/api/v1/reports/{id}" => api::reports::get;
        get "/api/v1/reports/{id}/sections/{section}" => api::reports::draft::section;
        put "/api/v1/reports/{id}/sections/{section}" => api::reports::draft::save;
        post "/api/v1/reports/{id}/sections/{section}/conflicts/{conflict}" => api::reports::draft::settle;
        get "/api/v1/reports/{id}/sections/{section}/versions" => api::reports::draft::versions;
        post "/api/v1/reports/{id}/sections/{section}/versions/{version}" => api::reports::draft::restore;
        get "/api/v1/reports/{id}/sections/{section}/comments" => api::reports::margin::comments;
        post "/api/v1/reports/{id}/sections/{section}/comments" => api::reports::margin::comment;
        post "/api/v1/reports/{id}/sections/{section}/comments/{comment}/resolve" => api::reports::margin::resolve;
        get "/api/v1/reports/{id}/sections/{section}/holder" => api::reports::margin::holder;
        put "/api/v1/reports/{id}/sections/{section}/holder" => api::reports::margin::hand;
        get "/api/v1/reports/{id}/figures" => api::reports::figures::table;
        put "/api/v1/reports/{id}/figures" => api::reports::figures::save;
        get "/api/v1/reports/{id}/attachments" => api::reports::files::list;
        post "/api/v1/reports/{id}/attachments" => api::reports::files::attach;
        get "/api/v1/reports/{id}/attachments/{attachment}" => api::reports::files::attachment;
        delete "/api/v1/reports/{id}/attachments/{attachment}" => api::reports::files::detach;
        get "/api/v1/reports/{id}/checks" => api::reports::checks::list;
        put "/api/v1/reports/{id}/checks/{key}" => api::reports::checks::put_answer;
        post "/api/v1/reports/{id}/propose" => api::reports::steps::propose;
        post "/api/v1/reports/{id}/take-back" => api::reports::steps::take_back;
        post "/api/v1/reports/{id}/adopt" => api::reports::steps::adopt;
        get "/api/v1/reports/{id}/issue" => api::reports::steps::issue_suggestion;
        post "/api/v1/reports/{id}/issue" => api::reports::steps::issue;
        post "/api/v1/reports/{id}/send" => api::reports::steps::send;
        post "/api/v1/reports/{id}/whole" => api::reports::whole::submit_whole;
        get "/api/v1/reports/{id}/receipt" => api::reports::files::receipt;
        post "/api/v1/reports/{id}/withdraw" => api::reports::steps::withdraw;
        post "/api/v1/reports/{id}/receive" => api::reports::steps::receive;
        post "/api/v1/reports/{id}/forward" => api::reports::steps::forward;
        post "/api/v1/reports/{id}/return" => api::reports::steps::send_back;
        post "/api/v1/reports/{id}/revise" => api::reports::steps::revise;
        post "/api/v1/reports/{id}/accept" => api::reports::steps::accept;
        post "/api/v1/reports/{id}/waive" => api::reports::steps::waive;
        post "/api/v1/reports/{id}/reinstate" => api::reports::steps::reinstate;
        get "/api/v1/reports/{id}/template" => api::reports::uploads::template;
        get "/api/v1/reports/{id}/uploads" => api::reports::uploads::waiting;
        post "/api/v1/reports/{id}/uploads" => api::reports::uploads::keep;
        get "/api/v1/reports/{id}/uploads/{upload}" => api::reports::uploads::get;
        post "/api/v1/reports/{id}/uploads/{upload}/apply" => api::reports::uploads::apply;
        delete "/api/v1/reports/{id}/uploads/{upload}" => api::reports::uploads::discard;
        get "/api/v1/reports/{id}/document" => api::reports::files::document;
        get "/api/v1/campaigns/{short}/tasks" => api::assignments::tasks;
        put "/api/v1/campaigns/{short}/tasks/{id}" => api::assignments::tick_task;
        get "/api/v1/campaigns/{short}/board" => api::board::board;
        get "/api/v1/campaigns/{short}/board/reports" => api::board::reports;
        get "/api/v1/campaigns/{short}/board/{view}" => api::board::view;
        get "/api/v1/campaigns/{short}/figures" => api::board::figures;
        get "/api/v1/campaigns/{short}/figures/levels/{level}" => api::board::level_figures;
        get "/api/v1/campaigns/{short}/figures/recount" => api::board::last_recount;
        post "/api/v1/campaigns/{short}/figures/recount" => api::board::recount;
        get "/api/v1/reports/{id}/consolidation" => api::consolidation::overview;
        get "/api/v1/reports/{id}/consolidation/sections/{section}" => api::consolidation::section;
        post "/api/v1/reports/{id}/consolidation/sections/{section}" => api::consolidation::write;
        get "/api/v1/reports/{id}/sections/{section}/passages/{passage}/source" => api::consolidation::passage_source;
        get "/api/v1/reports/{id}/consolidation/figures" => api::consolidation::figures;
        post "/api/v1/reports/{id}/consolidation/figures" => api::consolidation::refresh;
        get "/api/v1/reports/{id}/consolidation/figures/{indicator}/{period}" => api::consolidation::figure_source;
        put "/api/v1/reports/{id}/consolidation/figures/{indicator}/{period}" => api::consolidation::correct;
        delete "/api/v1/reports/{id}/consolidation/figures/{indicator}/{period}" => api::consolidation::remove_correction;
        get "/api/v1/campaigns/{short}/duplicates" => api::search::duplicates;
        get "/api/v1/campaigns/{short}/duplicates/sections" => api::search::section_copies;
        get "/api/v1/campaigns/{short}/duplicates/{a}/{b}" => api::search::beside;
        get "/api/v1/search" => api::search::hits;
        get "/api/v1/search/units" => api::search::units;
        post "/api/v1/campaigns/{short}/reminders" => api::reminders::send;
        post "/api/v1/campaigns/{short}/reminder-letter" => api::reminders::letter_file;
        get "/api/v1/server" => api::server::writes;
    }
}

/// The whole server: the table inside the layers that every request passes, the outermost last.
pub fn router(web: Web) -> Router {
    table()
        .fallback(error::no_such_page)
        .method_not_allowed_fallback(error::no_such_method)
        .layer(CatchPanicLayer::custom(error::caught_panic))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(csrf::guard))
        .layer(from_fn_with_state(web.clone(), session::attach))
        .layer(from_fn_with_state(web.clone(), error::render))
        .layer(from_fn(headers::protect))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(web)
}
