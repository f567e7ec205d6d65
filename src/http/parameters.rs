//! The parameters that calls take, as their description says. Any other is refused: a script that
//! misspells a filter must not be given everything.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{OpenApi, PathItem, RefOr};

use super::error::{ApiError, Code};

/// What is sent here from elsewhere may say more than is read: identity providers add parameters of
/// their own, which have to be passed over (RFC 6749, 4.1.2).
const OPEN: &[&str] = &["/api/v1/sign-in/oidc/callback"];
/// How much of a name is repeated in the answer, in characters.
const SHOWN: usize = 40;

/// The names of what may stand behind the question mark, by route and method.
#[derive(Debug, Default)]
pub(super) struct Parameters(HashMap<String, Vec<(Method, Vec<String>)>>);

impl Parameters {
    /// What a description says.
    pub(super) fn of(api: &OpenApi) -> Self {
        let routes = api.paths.paths.iter();
        let routes = routes.filter(|it| !OPEN.contains(&it.0.as_str()));
        Self(routes.map(|it| (it.0.clone(), calls(it.1))).collect())
    }

    /// Whether a call takes all that stands behind its question mark. Calls that are not described
    /// take anything.
    fn check(&self, route: &str, method: &Method, query: &str) -> Result<(), ApiError> {
        let asked = match *method {
            Method::HEAD => &Method::GET,
            ref it => it,
        };
        let calls = self.0.get(route).into_iter().flatten();
        let Some((_, known)) = calls.into_iter().find(|it| it.0 == *asked) else {
            return Ok(());
        };
        let mut said = form_urlencoded::parse(query.as_bytes());
        match said.find(|(name, _)| !known.iter().any(|it| it == name)) {
            None => Ok(()),
            Some((name, _)) => Err(unknown(&name, known)),
        }
    }
}

fn calls(item: &PathItem) -> Vec<(Method, Vec<String>)> {
    let calls = [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ];
    let described = calls.into_iter().filter_map(|(method, call)| {
        let call = call.as_ref()?;
        Some((method, names(call)))
    });
    described.collect()
}

fn names(call: &Operation) -> Vec<String> {
    let all = call.parameters.iter().flatten();
    let of_query = all.filter_map(|it| match it {
        RefOr::T(it) if it.parameter_in == ParameterIn::Query => Some(it.name.clone()),
        _ => None,
    });
    of_query.collect()
}

fn unknown(name: &str, known: &[String]) -> ApiError {
    let name: String = name.chars().take(SHOWN).collect();
    let there = match known {
        [] => "this call takes none".to_owned(),
        some => format!("this call takes {}", some.join(", ")),
    };
    let detail = format!("there is no parameter {name:?} here: {there}");
    ApiError::new(StatusCode::BAD_REQUEST, Code::Invalid, detail)
}

/// Refuses what a call does not take.
pub(super) async fn refuse_unknown(
    State(parameters): State<Arc<Parameters>>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let checked = match (route, request.uri().query()) {
        (Some(route), Some(query)) => parameters.check(route.as_str(), request.method(), query),
        _ => Ok(()),
    };
    match checked {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}
