//! The servers of a workspace: connected when one is first wanted, each in its own time.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::Mutex;
use rutter_host::{Clock, Files, Grounds, Permit};
use rutter_store::{PinChange, Store, StoreError, Subject, Verdict};
use serde_json::Value;
use tokio::sync::watch;

use super::connection::Connection;
use super::{CallOutput, Tool, ToolError};
use crate::features::State;
use crate::settings::{Server, Variables};
use crate::trust;

/// What a server offers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Its tools without the disabled ones and those that changed, as the server orders them.
    pub tools: Vec<Tool>,
    /// Tools that are not as they were when the user trusted the server; they can't be called.
    pub changed: Vec<PinChange>,
}

/// A server's connection and what it last listed; locked while it is opened, so that it is opened once.
#[derive(Default)]
struct Slot {
    connection: Option<Arc<Connection>>,
    listing: Option<Arc<Listing>>,
    /// Why it could not be connected the last time.
    failed: Option<String>,
}

/// The servers of one workspace. Dropping it ends their processes at once; [`Self::stop_all`] lets them end by themselves.
pub struct Servers {
    store: Store,
    files: Arc<dyn Files>,
    root: PathBuf,
    variables: Variables,
    slots: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<Slot>>>>,
    /// Changes when all are stopped, so that nobody waits for one that is being started.
    stops: watch::Sender<u32>,
}

impl Servers {
    /// No server is started. `root` is the canonical path of the workspace folder.
    pub fn new(
        store: Store,
        files: Arc<dyn Files>,
        root: impl Into<PathBuf>,
        variables: Variables,
    ) -> Self {
        Self {
            store,
            files,
            root: root.into(),
            variables,
            slots: Mutex::default(),
            stops: watch::Sender::default(),
        }
    }

    /// What a server is to the trust store now.
    fn subject(&self, server: &Server) -> Subject {
        trust::subject(self.files.as_ref(), &self.root, server)
    }

    fn needs_trust(&self, server: &Server) -> bool {
        trust::needed(self.files.as_ref(), &self.root, server)
    }

    /// Leave to start or connect to a server: the user's own declaration is their word; what others wrote, or what runs a
    /// script of the project, needs their trust in exactly this content.
    pub fn permit(&self, server: &Server) -> Result<Permit, ToolError> {
        let subject = self.subject(server);
        if !self.needs_trust(server) {
            #[expect(
                clippy::disallowed_methods,
                reason = "the user's own settings file is the user's word"
            )]
            let permit = Permit::grant(Grounds::Asked {
                what: format!("{} in {}", subject.what, server.place.describe()),
            });
            return Ok(permit);
        }
        let trusted = self.store.trust(&self.root);
        if let Some(permit) = trusted.permit(&subject)? {
            return Ok(permit);
        }
        let server = server.name.value.clone();
        Err(match trusted.verdicts(&[subject])?.pop() {
            Some(Verdict::Changed { before, .. }) => {
                ToolError::ChangedSinceTrust { server, before }
            }
            _ => ToolError::Untrusted { server },
        })
    }

    /// Trusts a server as it is declared now. What its tools say at their next listing is pinned.
    pub fn trust(&self, clock: &dyn Clock, server: &Server) -> Result<(), StoreError> {
        self.store.pins(&self.root).forget(&server.name.value)?;
        self.store
            .trust(&self.root)
            .trust(clock, &[self.subject(server)])
    }

    /// Accepts what tools say now, as it was shown to the user.
    pub async fn accept(&self, server: &Server, changes: &[PinChange]) -> Result<(), StoreError> {
        let slot = self.slot(&server.name.value);
        let mut slot = slot.lock().await;
        let now: Vec<_> = changes.iter().map(|c| c.now.clone()).collect();
        let digest = self.subject(server).digest;
        self.store
            .pins(&self.root)
            .accept(&server.name.value, &digest, &now)?;
        slot.listing = None;
        Ok(())
    }

    /// What a server offers now; it is started where it is not running.
    pub async fn tools(&self, server: &Server) -> Result<Arc<Listing>, ToolError> {
        self.unless_stopped(async {
            let slot = self.slot(&server.name.value);
            let mut slot = slot.lock().await;
            let connection = self.connect(&mut slot, server).await?;
            self.list(&mut slot, &connection, server).await
        })
        .await
    }

    /// Calls a tool, until `cancelled` resolves. `arguments` is a JSON object, or null for none.
    pub async fn call(
        &self,
        server: &Server,
        tool: &str,
        arguments: Value,
        cancelled: impl Future<Output = ()>,
    ) -> Result<CallOutput, ToolError> {
        let arguments = match arguments {
            Value::Object(arguments) => arguments,
            Value::Null => serde_json::Map::new(),
            _ => return Err(ToolError::BadArguments),
        };
        let calling = async {
            let connection = self.unless_stopped(self.check(server, tool)).await?;
            connection.call(tool, arguments).await.map(CallOutput::new)
        };
        tokio::select! {
            output = calling => output,
            () = cancelled => Err(ToolError::Cancelled),
        }
    }

    /// How each of these servers stands; never waits for one.
    pub fn states(&self, servers: &[&Server]) -> Result<BTreeMap<String, State>, StoreError> {
        let subjects: Vec<_> = servers.iter().map(|s| self.subject(s)).collect();
        let verdicts = self.store.trust(&self.root).verdicts(&subjects)?;
        let states = servers.iter().zip(verdicts).map(|(server, verdict)| {
            let state = match verdict {
                Verdict::Unknown if self.needs_trust(server) => State::Untrusted,
                Verdict::Changed { .. } if self.needs_trust(server) => State::ChangedSinceTrust,
                _ => self.state(&server.name.value),
            };
            (server.name.value.clone(), state)
        });
        Ok(states.collect())
    }

    fn state(&self, name: &str) -> State {
        let Some(slot) = self.slots.lock().get(name).cloned() else {
            return State::Ready;
        };
        // One that is being asked is locked.
        let Ok(slot) = slot.try_lock() else {
            return State::Busy;
        };
        match (&slot.connection, &slot.failed) {
            (Some(connection), _) if connection.is_open() => State::Connected {
                tools: slot.listing.as_ref().map_or(0, |l| l.tools.len()),
            },
            (_, Some(message)) => State::Failed {
                message: message.clone(),
            },
            _ => State::Ready,
        }
    }

    /// Ends every server and waits until nothing of them is left.
    pub async fn stop_all(&self) {
        self.stops
            .send_modify(|count| *count = count.wrapping_add(1));
        let slots = std::mem::take(&mut *self.slots.lock());
        let mut ending = tokio::task::JoinSet::new();
        for slot in slots.into_values() {
            ending.spawn(async move {
                if let Some(connection) = slot.lock().await.connection.take() {
                    close(connection).await;
                }
            });
        }
        while ending.join_next().await.is_some() {}
    }

    async fn unless_stopped<T>(
        &self,
        work: impl Future<Output = Result<T, ToolError>>,
    ) -> Result<T, ToolError> {
        let mut stops = self.stops.subscribe();
        tokio::select! {
            done = work => done,
            _ = stops.changed() => Err(ToolError::Cancelled),
        }
    }

    fn slot(&self, name: &str) -> Arc<tokio::sync::Mutex<Slot>> {
        Arc::clone(self.slots.lock().entry(name.to_owned()).or_default())
    }

    /// The connection over which this tool may be called.
    async fn check(&self, server: &Server, tool: &str) -> Result<Arc<Connection>, ToolError> {
        let name = || server.name.value.clone();
        if !server.offers(tool) {
            return Err(ToolError::DisabledTool {
                server: name(),
                tool: tool.to_owned(),
            });
        }
        let slot = self.slot(&server.name.value);
        let mut slot = slot.lock().await;
        let connection = self.connect(&mut slot, server).await?;
        let listing = match &slot.listing {
            Some(listing) if !connection.is_stale() => Arc::clone(listing),
            _ => self.list(&mut slot, &connection, server).await?,
        };
        if let Some(change) = listing.changed.iter().find(|c| c.now.tool == tool) {
            return Err(ToolError::ChangedTool {
                server: name(),
                change: Box::new(change.clone()),
            });
        }
        if !listing.tools.iter().any(|t| t.name == tool) {
            return Err(ToolError::NoSuchTool {
                server: name(),
                tool: tool.to_owned(),
            });
        }
        Ok(connection)
    }

    async fn connect(
        &self,
        slot: &mut Slot,
        server: &Server,
    ) -> Result<Arc<Connection>, ToolError> {
        if server.disabled {
            return Err(ToolError::Disabled {
                server: server.name.value.clone(),
            });
        }
        // Trust may have been taken back since it was started.
        let permit = self.permit(server)?;
        let digest = self.subject(server).digest;
        if let Some(open) = &slot.connection
            && open.is_open()
            && open.digest == digest
        {
            return Ok(Arc::clone(open));
        }
        slot.listing = None;
        if let Some(old) = slot.connection.take() {
            close(old).await;
        }
        let opened = Connection::open(permit, server, digest, &self.root, &self.variables).await;
        slot.failed = opened.as_ref().err().map(ToString::to_string);
        let new = Arc::new(opened?);
        slot.connection = Some(Arc::clone(&new));
        Ok(new)
    }

    async fn list(
        &self,
        slot: &mut Slot,
        connection: &Connection,
        server: &Server,
    ) -> Result<Arc<Listing>, ToolError> {
        slot.listing = None;
        let tools: Vec<Tool> = connection
            .list()
            .await?
            .iter()
            .filter(|t| server.offers(&t.name))
            .map(|t| Tool::new(t, server.approves(&t.name)))
            .collect();
        let pinned: Vec<_> = tools.iter().map(|t| t.pinned.clone()).collect();
        let changed =
            self.store
                .pins(&self.root)
                .check(&server.name.value, &connection.digest, &pinned)?;
        let listing = Arc::new(Listing {
            tools: tools
                .into_iter()
                .filter(|t| !changed.iter().any(|c| c.now.tool == t.name))
                .collect(),
            changed,
        });
        slot.listing = Some(Arc::clone(&listing));
        Ok(listing)
    }
}

/// Closes a connection; a call that still waits for it fails.
async fn close(connection: Arc<Connection>) {
    match Arc::try_unwrap(connection) {
        Ok(alone) => alone.close().await,
        Err(shared) => shared.abort().await,
    }
}
