//! What every handler can reach.

use crate::feed::Feeds;
use crate::pages::board::stream::BoardPart;
use crate::session::SignInGuard;
use app::App;
use app::demo_clock::DemoClock;
use jiff::Timestamp;
use std::sync::Arc;

/// The state of the server. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    pub app: App,
    /// `None` in real use.
    pub demo: Option<Arc<Demo>>,
    pub(crate) sign_ins: Arc<SignInGuard>,
    /// The boards that somebody looks at.
    pub(crate) boards: Arc<Feeds<BoardPart>>,
}

/// What only the demonstration has.
pub struct Demo {
    pub clock: Arc<DemoClock>,
    /// Plays what others do up to a moment, before the clock is moved there.
    pub play: Box<dyn Fn(Timestamp) -> app::Result<()> + Send + Sync>,
    /// Shown on the sign-in page, with passwords.
    pub accounts: Vec<DemoAccount>,
}

/// An account that anybody may take in the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    pub login: String,
    pub name: String,
    pub unit: String,
    /// As words on the page, e.g. `Chuyên viên`.
    pub roles: Vec<String>,
    pub password: String,
}

impl Web {
    pub fn new(app: App) -> Web {
        Web {
            app,
            demo: None,
            sign_ins: Arc::new(SignInGuard::default()),
            boards: Arc::default(),
        }
    }

    /// The same server as a demonstration.
    pub fn with_demo(self, demo: Demo) -> Web {
        Web {
            demo: Some(Arc::new(demo)),
            ..self
        }
    }
}
