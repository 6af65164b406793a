//! Live parts of pages over server-sent events: whoever looks at the same view shares one computation.
//!
//! For each view that somebody looks at runs one task. It asks every so often whether the campaign has changed (an index
//! seek), makes the part anew when it has, and hands the same text to all who look. The more a part costs, the longer the
//! task rests. It ends when nobody looks any more. A stream ends after a while, so that rights are asked for again.

use crate::page::run;
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::hash::Hash;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

/// Least rest between two looks.
const REST: Duration = Duration::from_secs(2);
/// The rest is so many times what the last computation took.
const REST_FOR_WORK: u32 = 20;
/// A sign of life for whatever stands between server and browser.
const SIGN_OF_LIFE: Duration = Duration::from_secs(25);
/// After this the browser has to ask again.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// The latest text of a part; `None` before the first.
type Latest = watch::Sender<Option<Arc<str>>>;

/// How a part is asked for its version, and made anew.
pub(crate) trait Part: Clone + Eq + Hash + Send + Sync + 'static {
    /// Another number whenever the text may be another.
    fn version(&self) -> app::Result<u64>;
    fn text(&self) -> app::Result<String>;
}

/// The parts that somebody looks at now.
pub(crate) struct Feeds<P> {
    parts: Mutex<HashMap<P, Arc<Latest>>>,
    closing: watch::Sender<bool>,
    /// Texts made so far.
    made: AtomicU64,
}

impl<P> Default for Feeds<P> {
    fn default() -> Feeds<P> {
        Feeds {
            parts: Mutex::default(),
            closing: watch::Sender::new(false),
            made: AtomicU64::new(0),
        }
    }
}

impl<P: Part> Feeds<P> {
    /// Looks at a part, `once` or until the stream ends. Somebody else who looks at it already shares the work.
    pub fn look(self: &Arc<Self>, part: P, once: bool) -> Response {
        let looker = Looker {
            text: self.join(part),
            closing: self.closing.subscribe(),
            until: Instant::now() + LONGEST,
            once,
        };
        let head = [
            (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            // nginx would hold the events back.
            (HeaderName::from_static("x-accel-buffering"), "no"),
        ];
        (head, Body::from_stream(Events::of(looker))).into_response()
    }

    /// Ends all streams, so that the server can stop.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn join(self: &Arc<Self>, part: P) -> watch::Receiver<Option<Arc<str>>> {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(latest) = parts.get(&part) {
            let mut looker = latest.subscribe();
            // What is known already is news to this one.
            looker.mark_changed();
            return looker;
        }
        let latest = Arc::new(Latest::new(None));
        let looker = latest.subscribe();
        parts.insert(part.clone(), latest.clone());
        tokio::spawn(self.clone().keep(part, latest));
        looker
    }

    /// Keeps one part fresh as long as somebody looks.
    async fn keep(self: Arc<Self>, part: P, latest: Arc<Latest>) {
        let mut shown = None;
        loop {
            let began = Instant::now();
            self.refresh(&part, &latest, &mut shown).await;
            sleep(REST.max(began.elapsed() * REST_FOR_WORK)).await;
            let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
            if latest.receiver_count() == 0 || *self.closing.borrow() {
                parts.remove(&part);
                return;
            }
        }
    }

    /// Makes the part anew if its version is another than the one shown.
    async fn refresh(&self, part: &P, latest: &Latest, shown: &mut Option<u64>) {
        let asked = part.clone();
        let last = *shown;
        let made = run(move || {
            let version = asked.version()?;
            if Some(version) == last {
                return Ok(None);
            }
            Ok(Some((version, asked.text()?)))
        });
        match made.await {
            Ok(None) => {}
            Ok(Some((version, text))) => {
                self.made.fetch_add(1, Ordering::Relaxed);
                *shown = Some(version);
                latest.send_if_modified(|known| {
                    let is_other = known.as_deref() != Some(&text);
                    if is_other {
                        *known = Some(text.into());
                    }
                    is_other
                });
            }
            Err(error) => tracing::warn!(%error, "a live part could not be made"),
        }
    }
}

/// One browser that looks at a part.
struct Looker {
    text: watch::Receiver<Option<Arc<str>>>,
    closing: watch::Receiver<bool>,
    until: Instant,
    /// The stream ends after the first text.
    once: bool,
}

impl Looker {
    /// The next lines for the browser; `None` at the end.
    async fn next(mut self) -> Option<(Bytes, Looker)> {
        if *self.closing.borrow() {
            return None;
        }
        let life = Instant::now() + SIGN_OF_LIFE;
        let lines = tokio::select! {
            changed = self.text.changed() => {
                changed.ok()?;
                let Some(text) = self.text.borrow_and_update().clone() else {
                    // Nothing was made yet: the first text is still to come.
                    return Some((":\n\n".into(), self));
                };
                if self.once {
                    self.until = Instant::now();
                }
                event(&text)
            }
            _ = self.closing.changed() => return None,
            () = sleep_until(life.min(self.until)) => {
                if Instant::now() >= self.until {
                    return None;
                }
                ":\n\n".to_owned()
            }
        };
        Some((lines.into(), self))
    }
}

/// A text as one event.
fn event(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        lines.push_str("data: ");
        lines.push_str(line);
        lines.push('\n');
    }
    lines.push('\n');
    lines
}

/// The next lines, and the looker to ask for those after them.
type Next = dyn Future<Output = Option<(Bytes, Looker)>> + Send;

/// What a looker gets, as a stream.
struct Events {
    next: Pin<Box<Next>>,
}

impl Events {
    fn of(looker: Looker) -> Events {
        Events {
            next: Box::pin(looker.next()),
        }
    }
}

impl Stream for Events {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.next.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Ready(Some((lines, looker))) => {
                self.next = Box::pin(looker.next());
                Poll::Ready(Some(Ok(lines)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A part whose version and text are set by hand, and which counts how often it is made.
    #[derive(Clone)]
    struct Counted {
        name: &'static str,
        now: Arc<AtomicU64>,
    }

    impl PartialEq for Counted {
        fn eq(&self, other: &Counted) -> bool {
            self.name == other.name
        }
    }
    impl Eq for Counted {}
    impl Hash for Counted {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            self.name.hash(state);
        }
    }

    impl Part for Counted {
        fn version(&self) -> app::Result<u64> {
            Ok(self.now.load(Ordering::SeqCst))
        }
        fn text(&self) -> app::Result<String> {
            Ok(format!("{} {}", self.name, self.now.load(Ordering::SeqCst)))
        }
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
    }

    async fn text_of(looker: &mut watch::Receiver<Option<Arc<str>>>) -> Arc<str> {
        loop {
            looker.changed().await.expect("the part is kept");
            if let Some(text) = looker.borrow_and_update().clone() {
                return text;
            }
        }
    }

    #[test]
    fn a_thousand_open_boards_cost_one_computation_for_each_change() {
        runtime().block_on(async {
            let feeds: Arc<Feeds<Counted>> = Arc::default();
            let now = Arc::new(AtomicU64::new(1));
            let part = Counted {
                name: "bảng",
                now: now.clone(),
            };
            let mut lookers: Vec<_> = (0..1000).map(|_| feeds.join(part.clone())).collect();
            for looker in &mut lookers {
                assert_eq!(&*text_of(looker).await, "bảng 1");
            }
            assert_eq!(feeds.made.load(Ordering::SeqCst), 1);
            now.store(2, Ordering::SeqCst);
            for looker in &mut lookers {
                assert_eq!(&*text_of(looker).await, "bảng 2");
            }
            assert_eq!(feeds.made.load(Ordering::SeqCst), 2);
            let mut other = feeds.join(Counted {
                name: "bảng khác",
                now,
            });
            assert_eq!(&*text_of(&mut other).await, "bảng khác 2");
            assert_eq!(feeds.made.load(Ordering::SeqCst), 3);
        });
    }

    #[test]
    fn what_has_not_changed_is_not_made_again_and_what_nobody_looks_at_is_let_go() {
        runtime().block_on(async {
            let feeds: Arc<Feeds<Counted>> = Arc::default();
            let latest = Latest::new(None);
            let part = Counted {
                name: "bảng",
                now: Arc::new(AtomicU64::new(7)),
            };
            let mut shown = None;
            for _ in 0..3 {
                feeds.refresh(&part, &latest, &mut shown).await;
            }
            assert_eq!(feeds.made.load(Ordering::SeqCst), 1);

            drop(feeds.join(part.clone()));
            let kept = || feeds.parts.lock().expect("no panic").len();
            assert_eq!(kept(), 1);
            while kept() > 0 {
                sleep(Duration::from_millis(50)).await;
            }
        });
    }

    #[test]
    fn a_text_of_several_lines_is_one_event() {
        assert_eq!(
            event("<p>a</p>\n<p>b</p>"),
            "data: <p>a</p>\ndata: <p>b</p>\n\n"
        );
    }

    #[test]
    fn streams_end_when_the_server_stops() {
        runtime().block_on(async {
            let feeds: Arc<Feeds<Counted>> = Arc::default();
            let part = Counted {
                name: "bảng",
                now: Arc::new(AtomicU64::new(1)),
            };
            let looker = Looker {
                text: feeds.join(part),
                closing: feeds.closing.subscribe(),
                until: Instant::now() + LONGEST,
                once: false,
            };
            let (first, looker) = looker.next().await.expect("the first text");
            assert_eq!(first, "data: bảng 1\n\n");
            feeds.close();
            assert!(looker.next().await.is_none());
        });
    }
}
