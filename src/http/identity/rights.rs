//! Rights as types: a handler names in its signature what its caller must be allowed.

use std::marker::PhantomData;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;

use super::credential::Credential;
use crate::base::time::Timestamp;
use crate::base::turns::Asker;
use crate::http::error::ApiError;
use crate::http::state::App;
use crate::store::By;
use crate::workshop::account::Account;
use crate::workshop::role::{Act, Who, may};

/// Somebody with an account whose role may do `R`, signed in where that needs it. Extracting it is the
/// check: a handler that takes it is not called for anybody else.
pub(crate) struct May<R> {
    /// Who.
    pub(crate) account: Account,
    at: Timestamp,
    right: PhantomData<R>,
}

impl<R> May<R> {
    /// Who they are where others wait for them.
    pub(crate) fn asker(&self) -> Asker {
        Asker::Account(self.account.id)
    }

    /// Who changes something, and when.
    pub(crate) fn by(&self) -> By {
        By::account(self.account.id, self.at)
    }
}

/// An act as a type, for [`May`].
pub(crate) trait Right {
    /// The act.
    const ACT: Act;
}

macro_rules! rights {
    ($($act:ident,)*) => {$(
        /// The act of the same name.
        pub(crate) struct $act;

        impl Right for $act {
            const ACT: Act = Act::$act;
        }
    )*};
}

rights! {
    ManageUsers,
    ManageOwnTokens,
    SetOwnPassword,
    ReadAudit,
    ReadGroups,
    ReadReports,
    WriteReports,
    ManageGroups,
    ListSessions,
    ManageSessions,
    ManageInvites,
    ReadParticipants,
    ManageParticipants,
    ManageMaps,
    RunSession,
    ManageTemplates,
    ReadCatalogue,
    WriteCatalogue,
    ReviewCatalogue,
    Import,
    ManageTags,
}

impl<S, R> FromRequestParts<S> for May<R>
where
    App: FromRef<S>,
    S: Send + Sync,
    R: Right,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let app = App::from_ref(state);
        let credential = Credential::from_parts(&parts.headers, None);
        let Some(signed_in) = credential.account(&app).await? else {
            return Err(if credential.participants(&app).await?.is_empty() {
                credential.refusal()
            } else {
                ApiError::forbidden("this needs an account")
            });
        };
        if !may(Who::Account(signed_in.account.role), R::ACT) {
            return Err(ApiError::forbidden("your role may not do this"));
        }
        if R::ACT.needs_sign_in() && credential.is_token() {
            return Err(ApiError::forbidden(
                "sign in for this: an API token may not do it",
            ));
        }
        Ok(Self {
            account: signed_in.account,
            at: app.clock.now(),
            right: PhantomData,
        })
    }
}
