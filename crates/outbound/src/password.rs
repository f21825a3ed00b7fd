//! Slow hashes.

use std::num::NonZero;
use std::sync::Arc;

use async_trait::async_trait;
use helpdesk_domain::identity::port::PasswordHasher;
use helpdesk_domain::identity::service::LONGEST_PASSWORD;
use helpdesk_domain::kernel::StoreError;
use tokio::sync::Semaphore;

/// bcrypt. One core is left to other requests, where there are two: so many hashes run at a time, and the others wait.
#[derive(Clone)]
pub struct Bcrypt {
    cost: u32,
    permits: Arc<Semaphore>,
    /// Hash of nobody's password: what an unknown person's is compared with, to take as long.
    nobody: String,
}

impl Bcrypt {
    /// Costs that bcrypt knows.
    pub const COSTS: std::ops::RangeInclusive<u32> = 4..=31;

    /// With 2^`cost` rounds; costs one hash. [`StoreError::Bug`] unless [`Self::COSTS`] has it.
    pub fn new(cost: u32) -> Result<Self, StoreError> {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let hashes = (cores - 1).max(1);
        let nobody = bcrypt::hash("nobody", cost).map_err(bug)?;
        Ok(Self { cost, permits: Arc::new(Semaphore::new(hashes)), nobody })
    }

    /// Runs the work on a thread that may block, when it is its turn.
    async fn slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> bcrypt::BcryptResult<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(bug)?;
        let running = tokio::task::spawn_blocking(move || {
            // Held until the work is done, even when the request that wanted it is gone.
            let _permit = permit;
            work()
        });
        running.await.map_err(bug)?.map_err(bug)
    }
}

#[async_trait]
impl PasswordHasher for Bcrypt {
    async fn hash(&self, password: &str) -> Result<String, StoreError> {
        let (password, cost) = (password.to_owned(), self.cost);
        self.slowly(move || bcrypt::hash(password, cost)).await
    }

    async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, StoreError> {
        let known = hash.is_some() && password.len() <= LONGEST_PASSWORD;
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let password = password.to_owned();
        Ok(self.slowly(move || bcrypt::verify(password, &hash)).await? && known)
    }
}

fn bug(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Bug(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick() -> Bcrypt {
        Bcrypt::new(4).unwrap()
    }

    #[tokio::test]
    async fn a_password_has_its_hash_and_no_other_password_has_it() {
        let hash = quick().hash("correct horse").await.unwrap();
        assert!(quick().verify("correct horse", Some(hash.clone())).await.unwrap());
        assert!(!quick().verify("correct house", Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password_not_even_their_own() {
        assert!(!quick().verify("nobody", None).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_persons_password_is_compared_at_the_same_cost() {
        let bcrypt = Bcrypt::new(5).unwrap();
        let real = bcrypt.hash("secret").await.unwrap();
        assert_eq!(bcrypt.nobody.get(..7), real.get(..7));
    }

    #[tokio::test]
    async fn a_password_of_72_bytes_is_not_one_of_73() {
        let long = "x".repeat(72);
        let hash = quick().hash(&long).await.unwrap();
        assert!(quick().verify(&long, Some(hash.clone())).await.unwrap());
        assert!(!quick().verify(&format!("{long}x"), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn more_hashes_than_cores_wait_for_their_turn() {
        let bcrypt = quick();
        let all: Vec<_> = (0..64)
            .map(|n| {
                tokio::spawn({
                    let bcrypt = bcrypt.clone();
                    async move { bcrypt.hash(&n.to_string()).await }
                })
            })
            .collect();
        for one in all {
            assert!(one.await.unwrap().is_ok());
        }
    }

    #[test]
    fn a_cost_that_bcrypt_does_not_know_is_refused() {
        assert!(Bcrypt::new(3).is_err());
    }
}
