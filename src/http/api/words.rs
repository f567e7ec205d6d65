//! For the description of the API: which words a field may hold. The words themselves are the
//! domain's.

use std::borrow::Cow;

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::import::maps::{Loss, MapFormat};
use crate::report::{Level as ReportLevel, ReportState};
use crate::workshop::group::GroupState;
use crate::workshop::map::MapState;
use crate::workshop::role::{MapRole, Role};
use crate::workshop::session::{SessionState, Tlp};

/// Makes the schema of a domain enum that has `as_str`. A variant that is not named does not
/// compile.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $domain:ident: $($word:ident)+ $(, not $other:ident)?) => {
        $(#[$doc])*
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let _ = |it: $domain| match it { $($domain::$word)|+ $(| $domain::$other)? => () };
                let words = [$($domain::$word.as_str()),+];
                let object = ObjectBuilder::new().schema_type(Type::String);
                object.enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).trim_end_matches("Word").into()
            }
        }
    };
}

words! {
    /// What an account is for.
    RoleWord of Role: Admin Facilitator Analyst Reviewer
}
words! {
    /// What a participant may do.
    MapRoleWord of MapRole: Viewer Editor Facilitator
}
words! {
    /// What a participant may do who comes by a join link.
    InviteRoleWord of MapRole: Viewer Editor, not Facilitator
}
words! {
    /// How far a session has come.
    SessionStateWord of SessionState: Draft Scheduled Live Paused Closed Archived
}
words! {
    /// How far content may travel.
    TlpWord of Tlp: Clear Green Amber AmberStrict Red
}
words! {
    /// Whether a map takes edits.
    MapStateWord of MapState: Open Locked Archived
}
words! {
    /// Whether a group still meets.
    GroupStateWord of GroupState: Active Retired
}
words! {
    /// Where a report is in its life.
    ReportStateWord of ReportState: Draft InReview Approved Published Superseded
}
words! {
    /// How far a report may travel.
    ReportLevelWord of ReportLevel: Public Sensitive
}
words! {
    /// What a map from another program had that ours have no place for.
    LossWord of Loss: Arrows Attributes Comments Folding Html Icons Images Labels Links LongNotes
        LongTexts Styles Summaries Tasks Votes
}
words! {
    /// What a map can be read from.
    MapFormatWord of MapFormat: Freeplane XMind Opml Markdown Text Json
}
