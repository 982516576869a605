//! Runs the steps of a test beside the runtime that serves its requests, not on it: a test, unlike a page, asks the office
//! itself, and the client of PostgreSQL refuses to wait on a thread that drives tasks. Named by
//! `#[tokio::test(crate = "crate::walk")]`.

pub use tokio::pin;

pub mod runtime {
    use std::future::Future;

    pub struct Builder(tokio::runtime::Builder);
    pub struct Runtime(tokio::runtime::Runtime);

    impl Builder {
        /// The test's own thread, and one that serves.
        pub fn new_current_thread() -> Builder {
            Builder::new_multi_thread().worker_threads(1)
        }
        pub fn new_multi_thread() -> Builder {
            Builder(tokio::runtime::Builder::new_multi_thread())
        }
        pub fn worker_threads(mut self, many: usize) -> Builder {
            self.0.worker_threads(many);
            self
        }
        pub fn enable_all(mut self) -> Builder {
            self.0.enable_all();
            self
        }
        pub fn build(mut self) -> std::io::Result<Runtime> {
            self.0.build().map(Runtime)
        }
    }

    impl Runtime {
        pub fn block_on<F: Future>(&self, steps: F) -> F::Output {
            let _served = self.0.enter();
            futures_executor::block_on(steps)
        }
    }
}
