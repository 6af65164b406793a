//! A bounded pool of connections that callers take in turn; made when first needed, waited for when all are out.

use std::ops::{Deref, DerefMut};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::Result;

/// At most `limit` connections of one kind.
pub(crate) struct Pool<C> {
    state: Mutex<State<C>>,
    returned: Condvar,
    limit: usize,
    connect: Box<dyn Fn() -> Result<C> + Send + Sync>,
}

struct State<C> {
    idle: Vec<C>,
    /// Connections that exist or are being made, idle or out.
    open: usize,
}

impl<C> Pool<C> {
    /// An empty pool that calls `connect` when it needs one more.
    pub(crate) fn new(
        limit: usize,
        connect: impl Fn() -> Result<C> + Send + Sync + 'static,
    ) -> Self {
        Pool {
            state: Mutex::new(State {
                idle: Vec::new(),
                open: 0,
            }),
            returned: Condvar::new(),
            limit,
            connect: Box::new(connect),
        }
    }

    /// A connection for the caller alone, the one used last first (its cache is warm).
    pub(crate) fn take(&self) -> Result<Pooled<'_, C>> {
        let mut state = self.lock();
        loop {
            if let Some(connection) = state.idle.pop() {
                return Ok(self.out(connection));
            }
            if state.open < self.limit {
                state.open += 1;
                break;
            }
            state = self
                .returned
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        drop(state);
        match (self.connect)() {
            Ok(connection) => Ok(self.out(connection)),
            Err(error) => {
                self.forget();
                Err(error)
            }
        }
    }

    fn out(&self, connection: C) -> Pooled<'_, C> {
        Pooled {
            pool: self,
            connection: Some(connection),
            is_broken: false,
        }
    }

    /// One connection less; somebody who waits may make a new one.
    fn forget(&self) {
        self.lock().open -= 1;
        self.returned.notify_one();
    }

    /// The state is only counters and a list, whole at every moment, so a panic elsewhere does not spoil it.
    fn lock(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection out of the pool; goes back when dropped.
pub(crate) struct Pooled<'p, C> {
    pool: &'p Pool<C>,
    connection: Option<C>,
    is_broken: bool,
}

impl<C> Pooled<'_, C> {
    /// Closes the connection instead of giving it back.
    pub(crate) fn discard(&mut self) {
        self.is_broken = true;
    }
}

impl<C> Deref for Pooled<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.connection.as_ref().expect("held until drop")
    }
}

impl<C> DerefMut for Pooled<'_, C> {
    fn deref_mut(&mut self) -> &mut C {
        self.connection.as_mut().expect("held until drop")
    }
}

impl<C> Drop for Pooled<'_, C> {
    fn drop(&mut self) {
        let connection = self.connection.take();
        if self.is_broken {
            drop(connection);
            self.pool.forget();
        } else if let Some(connection) = connection {
            self.pool.lock().idle.push(connection);
            self.pool.returned.notify_one();
        }
    }
}
