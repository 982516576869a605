//! What stops the rooms behind us, said to who asked.

use crate::Stop;

impl From<affairs::Error> for Stop {
    fn from(error: affairs::Error) -> Stop {
        match error {
            affairs::Error::Registry(error) => error.into(),
            affairs::Error::Store(error) => error.into(),
            affairs::Error::NotFound(what) => Stop::NotFound(what),
            affairs::Error::Wrong(says) => Stop::Wrong(says),
            error @ affairs::Error::NotInForce(..) => Stop::Wrong(error.to_string()),
            error @ affairs::Error::Undone(_) => Stop::Refused { says: error.to_string(), findings: vec![] },
            error @ (affairs::Error::Corrupt { .. } | affairs::Error::File(_)) => Stop::Broken(error.to_string()),
        }
    }
}

impl From<intake::Error> for Stop {
    fn from(error: intake::Error) -> Stop {
        match error {
            intake::Error::Registry(error) => error.into(),
            intake::Error::Store(error) => error.into(),
            intake::Error::Form(error) => error.into(),
            intake::Error::NotAllowed(_) => Stop::Forbidden(error.to_string()),
            intake::Error::NotStaged | intake::Error::File(_) => Stop::Wrong(error.to_string()),
            intake::Error::Unreadable { .. } | intake::Error::Garbled(_) => Stop::Broken(error.to_string()),
        }
    }
}

impl From<document::Error> for Stop {
    fn from(error: document::Error) -> Stop {
        Stop::Broken(error.to_string())
    }
}
