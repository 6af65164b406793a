//! How many files are taken apart at once: what one may cost is bounded, so what all may cost is, too.

use std::sync::{Condvar, Mutex, PoisonError};

/// Files that are read at the same time; others wait their turn.
const AT_ONCE: usize = 2;

/// Lets a few in at a time.
pub(crate) struct Gate {
    inside: Mutex<usize>,
    left: Condvar,
}

/// The gate before the readers of this process.
pub(crate) static READERS: Gate = Gate {
    inside: Mutex::new(0),
    left: Condvar::new(),
};

/// Somebody inside; leaves when dropped.
pub(crate) struct Inside<'a>(&'a Gate);

impl Gate {
    /// Waits for a place inside.
    pub fn enter(&self) -> Inside<'_> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        while *inside >= AT_ONCE {
            inside = self
                .left
                .wait(inside)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *inside += 1;
        Inside(self)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        *self.0.inside.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn never_more_than_two_are_inside_and_everybody_gets_in() {
        let gate = Gate {
            inside: Mutex::new(0),
            left: Condvar::new(),
        };
        let (now, most, done) = (
            AtomicUsize::new(0),
            AtomicUsize::new(0),
            AtomicUsize::new(0),
        );
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    let _inside = gate.enter();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    now.fetch_sub(1, Ordering::SeqCst);
                    done.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(done.load(Ordering::SeqCst), 16);
        assert!(most.load(Ordering::SeqCst) <= AT_ONCE);
    }
}
