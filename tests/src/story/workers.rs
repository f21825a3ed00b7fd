//! What the workers of a desk do, done when a test says so.

use helpdesk_domain::kernel::Clock;

use super::Story;
use super::cast::installation;

impl Story {
    /// Lets the alarms ring whose time has come, and judges what is not done by what is promised now.
    pub async fn watch(&self) {
        let (watch, sandboxes) = {
            let installation = installation(&self.store, &self.clock);
            (installation.watch(), installation.sandboxes())
        };
        while watch.judge().await.expect("tickets are judged") {}
        while watch.ring().await.expect("alarms ring") {}
        sandboxes.pass(0, &|| false).await.expect("sandboxes go on");
    }

    /// Lets tickets wait for somebody that want it by what has happened.
    pub async fn queue(&self) {
        let mut log = installation(&self.store, &self.clock).routing_news();
        while log.read_on().await.expect("the log is read") {}
    }

    /// Gives tickets that wait to who can take them.
    pub async fn route(&self) {
        self.queue().await;
        let mut dispatcher = installation(&self.store, &self.clock).dispatcher();
        while dispatcher.place().await.expect("tickets are given away") {}
        dispatcher.take_up().await.expect("tickets are taken up");
    }

    /// Has the rules meet what has happened, and what they do themselves.
    pub async fn automate(&self) {
        let mut rules = installation(&self.store, &self.clock).rule_reader().projector();
        while rules.read_on().await.expect("the log is read") {}
        rules.settle().await.expect("its place is written");
        let clockwork = installation(&self.store, &self.clock).clockwork();
        for organization in clockwork.queue.watched().await.expect("there are organizations") {
            while clockwork.carry_out(organization, self.clock.now()).await.expect("what is due is carried out") {}
        }
    }
}
