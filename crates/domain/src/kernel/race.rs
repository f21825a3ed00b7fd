//! Deciding again when somebody else was quicker.

use super::fault::Fault;

/// How often a lost race is run before the client hears of it. Of those who race, one wins each round, so this is how
/// many may change one thing at once without a word of it.
const ATTEMPTS: usize = 40;

/// Runs a use case that loads, decides and commits, again when its commit came too late (see
/// [`Fault::is_race`]) and `may_retry`: so that concurrent edits of different fields both survive.
pub async fn settle<T, E: Fault, D>(may_retry: bool, mut decide: impl FnMut() -> D + Send) -> Result<T, E>
where
    D: Future<Output = Result<T, E>> + Send,
{
    for _ in 1..ATTEMPTS {
        match decide().await {
            Err(error) if may_retry && error.is_race() => {}
            settled => return settled,
        }
    }
    decide().await
}
