//! What several people score a fit.

use std::collections::HashMap;

use sqlx::{AnyConnection, Row};

use super::changes::resolve;
use crate::base::id::{RecordId, UserId};
use crate::catalogue::fit::{CRITERIA, Scores};
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::kind::RecordKind;
use crate::store::audit::{By, record};
use crate::store::columns::id;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::{Arg, Statement};

/// How several people scored a fit by one criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreSummary {
    /// How many scored it.
    pub n: i64,
    /// What they gave on average.
    pub mean: Option<f64>,
}

impl Store {
    /// Writes what somebody scores a fit, over what they scored before.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn score_fit(
        &self,
        fit: Handle,
        account: UserId,
        scores: Scores,
        by: &By,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let fit = resolve(&mut tx, RecordKind::Fit, fit).await?;
        let mut row: Vec<Arg> = vec![fit.to_string().into(), account.to_string().into()];
        row.extend(scores.0.into_iter().map(Arg::from));
        row.push(by.at.0.into());
        let columns = CRITERIA.join(", ");
        let mut statement = Statement::new(&format!(
            "INSERT INTO fit_score (fit, account, {columns}, at) VALUES "
        ));
        statement
            .rows([row])
            .sql(" ON CONFLICT (fit, account) DO UPDATE SET at = excluded.at");
        for criterion in CRITERIA {
            statement.sql(&format!(", {criterion} = excluded.{criterion}"));
        }
        statement.execute(&mut tx).await?;
        let target = Target {
            kind: RecordKind::Fit,
            id: fit,
        };
        record(&mut tx, by, "fit.score", &target.to_string(), "").await?;
        Ok(tx.commit().await?)
    }

    /// What somebody scored a fit; none at all where they did not.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`].
    pub async fn scores_of(&self, fit: Handle, account: UserId) -> Result<Scores, StoreError> {
        let mut on = self.read.acquire().await?;
        let fit = resolve(&mut on, RecordKind::Fit, fit).await?;
        let columns = CRITERIA.join(", ");
        let mut statement =
            Statement::new(&format!("SELECT {columns} FROM fit_score WHERE fit = "));
        statement
            .arg(fit.to_string())
            .sql(" AND account = ")
            .arg(account.to_string());
        let rows = statement.fetch(&mut on).await?;
        let mut scores = Scores::default();
        if let Some(row) = rows.first() {
            for (place, criterion) in CRITERIA.into_iter().enumerate() {
                scores.0[place] = row.try_get(criterion)?;
            }
        }
        Ok(scores)
    }
}

/// How these fits were scored; those that nobody scored are left out.
pub(in crate::store) async fn of_fits(
    on: &mut AnyConnection,
    fits: &[RecordId],
) -> Result<HashMap<RecordId, [ScoreSummary; 5]>, StoreError> {
    let mut sql = String::from("SELECT fit");
    for criterion in CRITERIA {
        sql.push_str(&format!(
            ", COUNT({criterion}) AS n_{criterion},
             CAST(COALESCE(SUM({criterion}), 0) AS BIGINT) AS sum_{criterion}"
        ));
    }
    let mut statement = Statement::new(&sql);
    statement.sql(" FROM fit_score WHERE fit IN ");
    statement
        .list(fits.iter().map(ToString::to_string))
        .sql(" GROUP BY fit");
    let mut found = HashMap::new();
    for row in statement.fetch(on).await? {
        let mut scores = [ScoreSummary::default(); 5];
        for (score, criterion) in scores.iter_mut().zip(CRITERIA) {
            let n: i64 = row.try_get(format!("n_{criterion}").as_str())?;
            let sum: i64 = row.try_get(format!("sum_{criterion}").as_str())?;
            let mean = (n != 0).then(|| precise(sum) / precise(n));
            *score = ScoreSummary { n, mean };
        }
        found.insert(id(&row.try_get::<String, _>("fit")?)?, scores);
    }
    Ok(found)
}

/// As many people as there are fit exactly.
fn precise(count: i64) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
