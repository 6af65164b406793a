//! The one writer of a SQLite file: it commits waiting jobs in groups, so that a durable write stays fast.
//!
//! A group is up to [`GROUP`] jobs that wait at that moment, in one transaction with a savepoint for each; nobody
//! is answered before the group is on disk. No timer: alone, a caller waits for nobody, and under load the jobs
//! that arrive during one commit make the next group.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;
use rusqlite::hooks::Wal;

use crate::db::{Inside, run_caught};
use crate::sqlite::{SqliteTx, checkpoint_connection, mapped, run};
use crate::{Error, Result, Tx};

/// The largest number of jobs in one commit.
const GROUP: usize = 64;
/// Pages the write-ahead log grows by before it is copied into the file in the background.
const CHECKPOINT_PAGES: i32 = 1_000;
/// Pages at which the writer itself finishes the copy, because the background never catches up with it.
const CHECKPOINT_PAGES_AT_MOST: i32 = 16_000;

/// What a writer has done since it was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writes {
    /// Transactions that were committed, each with one wait for the disk.
    pub commits: u64,
    /// Closures that were run in them.
    pub writes: u64,
}

/// The same while it is being counted.
#[derive(Default)]
struct Counters {
    commits: AtomicU64,
    writes: AtomicU64,
}

/// A handle on the writer's thread.
pub(crate) struct Writer {
    counters: Arc<Counters>,
    /// `None` only while being dropped.
    jobs: Option<Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the writer on its connection, and the thread that copies its log.
    pub(crate) fn start(mut connection: Connection, path: &Path, id: u64) -> Result<Self> {
        let checkpoints = checkpoint_connection(path)?;
        let (ask, asked) = sync_channel(1);
        let background = spawn("store-checkpoint", move || {
            checkpoint(&checkpoints, &asked);
            checkpoints
        })?;
        let mut growth = Growth { ask, done: 0 };
        connection
            .wal_hook(Some(move |wal: &mut Wal, pages| {
                growth.committed(wal, pages);
                Ok(())
            }))
            .map_err(|error| mapped(error, "watch the write-ahead log"))?;
        let (jobs, waiting) = channel();
        let counters = Arc::<Counters>::default();
        let counted = Arc::clone(&counters);
        let thread = spawn("store-writer", move || {
            // A job that calls `Db::write` would wait for the thread it runs on.
            let _inside = Inside::enter(id);
            serve(&connection, &waiting, &counted);
            // The hook holds the other end of the checkpoint thread's channel. One connection is closed after the
            // other: of two that close at once neither is the last, and the log would stay beside the file.
            drop(connection);
            match background.join() {
                Ok(checkpoints) => drop(checkpoints),
                Err(_) => tracing::error!("the checkpoint thread panicked"),
            }
        })?;
        Ok(Writer {
            counters,
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// See [`crate::Db::writes`].
    pub(crate) fn writes(&self) -> Writes {
        Writes {
            commits: self.counters.commits.load(Ordering::Relaxed),
            writes: self.counters.writes.load(Ordering::Relaxed),
        }
    }

    /// See [`crate::Db::write`].
    pub(crate) fn write<R, E>(
        &self,
        f: impl Fn(&mut dyn Tx) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = sync_channel(1);
        let job = Box::new(Closure {
            f,
            result: None,
            reply,
        });
        let jobs = self.jobs.as_ref().ok_or(Error::Closed)?;
        jobs.send(job).map_err(|_| Error::Closed)?;
        answer
            .recv()
            .unwrap_or_else(|_| Err(E::from(Error::Closed)))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        let Some(thread) = self.thread.take() else {
            return;
        };
        // The last handle may be dropped by a job: the thread then ends by itself.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("the writer thread panicked");
        }
    }
}

fn spawn<T: Send + 'static>(
    name: &str,
    run: impl FnOnce() -> T + Send + 'static,
) -> Result<JoinHandle<T>> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(run)
        .map_err(|error| Error::broken("start a thread", error))
}

/// A closure that waits to be run and answered, whatever its types.
trait Job: Send {
    /// Runs the closure and keeps its result; true when its changes are to stay.
    fn run(&mut self, tx: &mut SqliteTx<'_>) -> bool;

    /// Answers the caller: with the closure's result, or with why its changes were lost.
    fn answer(self: Box<Self>, outcome: &Result<()>);
}

struct Closure<F, R, E> {
    f: F,
    result: Option<Result<R, E>>,
    reply: SyncSender<Result<R, E>>,
}

impl<F, R, E> Job for Closure<F, R, E>
where
    F: Fn(&mut dyn Tx) -> Result<R, E> + Send,
    R: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut SqliteTx<'_>) -> bool {
        let mut result = run_caught(&self.f, tx);
        if let (Ok(_), Some(error)) = (&result, tx.doomed()) {
            result = Err(E::from(error));
        }
        let stays = result.is_ok();
        self.result = Some(result);
        stays
    }

    fn answer(self: Box<Self>, outcome: &Result<()>) {
        let Closure { f, result, reply } = *self;
        // The closure may hold a handle on this database. A caller that drops its own after the answer must be the
        // last one, and so the one that waits until the file is closed.
        drop(f);
        let result = match (result, outcome) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(E::from(error.clone())),
            (Some(Ok(result)), Ok(())) => Ok(result),
            (None, Ok(())) => Err(E::from(Error::Closed)),
        };
        // A caller that is gone needs no answer.
        let _ = reply.send(result);
    }
}

/// Commits groups until every handle on the writer is gone.
fn serve(connection: &Connection, jobs: &Receiver<Box<dyn Job>>, counters: &Counters) {
    while let Ok(first) = jobs.recv() {
        let mut group = VecDeque::from([first]);
        group.extend(jobs.try_iter().take(GROUP - 1));
        while !group.is_empty() {
            let mut ran = Vec::with_capacity(group.len());
            let outcome = commit(connection, &mut group, &mut ran);
            if let Err(error) = &outcome {
                tracing::error!(%error, jobs = ran.len(), "a group of writes was lost");
            }
            counters
                .commits
                .fetch_add(u64::from(outcome.is_ok()), Ordering::Relaxed);
            counters
                .writes
                .fetch_add(ran.len() as u64, Ordering::Relaxed);
            for job in ran {
                job.answer(&outcome);
            }
        }
    }
}

/// Runs the jobs of `group` in one transaction, moving each to `ran`; stops early when the transaction is lost.
fn commit(
    connection: &Connection,
    group: &mut VecDeque<Box<dyn Job>>,
    ran: &mut Vec<Box<dyn Job>>,
) -> Result<()> {
    if let Err(error) = run(connection, "BEGIN IMMEDIATE") {
        ran.extend(group.drain(..));
        return Err(error);
    }
    let mut outcome = Ok(());
    while let (Ok(()), Some(mut job)) = (&outcome, group.pop_front()) {
        outcome = run_job(connection, &mut *job);
        ran.push(job);
    }
    let outcome = outcome.and_then(|()| run(connection, "COMMIT"));
    // Some failures (a full disk) have already rolled back.
    if outcome.is_err() && !connection.is_autocommit() {
        run(connection, "ROLLBACK")?;
    }
    outcome
}

/// Runs one job in its savepoint; fails only when the whole transaction is lost.
fn run_job(connection: &Connection, job: &mut dyn Job) -> Result<()> {
    run(connection, "SAVEPOINT job")?;
    if !job.run(&mut SqliteTx::new(connection)) {
        run(connection, "ROLLBACK TO job")?;
    }
    run(connection, "RELEASE job")
}

/// Watches the write-ahead log grow and asks for it to be copied.
struct Growth {
    ask: SyncSender<()>,
    /// Pages in the log when the last copy was asked for.
    done: i32,
}

impl Growth {
    /// Called by SQLite after each commit, with the pages now in the log.
    fn committed(&mut self, wal: &mut Wal, pages: i32) {
        if pages < self.done {
            // The log was begun anew.
            self.done = 0;
        }
        if pages >= CHECKPOINT_PAGES_AT_MOST {
            // Busy means that the background is at it: the next commit tries again.
            if let Err(error) = wal.checkpoint() {
                tracing::debug!(%error, pages, "the write-ahead log could not be copied yet");
            }
        } else if pages - self.done >= CHECKPOINT_PAGES {
            self.done = pages;
            // Full means that a copy has been asked for and not begun: it will take these pages along.
            let _ = self.ask.try_send(());
        }
    }
}

/// Copies the write-ahead log into the file, each time when asked, without holding up the writer.
fn checkpoint(connection: &Connection, asked: &Receiver<()>) {
    for () in asked {
        let copied = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(error) = copied {
            tracing::warn!(%error, "the write-ahead log could not be copied");
        }
    }
}
