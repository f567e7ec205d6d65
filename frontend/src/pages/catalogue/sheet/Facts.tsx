import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FieldShape, FieldValue, RecordKind, RecordShape, Records } from "~/api/types";
import { formatDate } from "~/components/format";
import { useShape } from "~/hooks/useRecords";
import { draftOf } from "~/pages/catalogue/form/draft";
import { same } from "~/pages/catalogue/same";
import { useWords } from "~/pages/catalogue/useWords";
import { ValueView } from "~/pages/catalogue/ValueView";
import { Section } from "~/pages/sessions/Section";
import styles from "./Sheet.module.css";
import { useActor } from "./useActor";

interface FactsProps {
  kind: RecordKind;
  record: Records[RecordKind];
  /** Fields that the sheet shows elsewhere. */
  without: readonly string[];
}

/** What is there to tell of a record: every field that says something, told apart by what it takes. */
function useFilled({ kind, record, without }: FactsProps) {
  const shape = useShape(kind);
  const values = shape ? draftOf(shape.fields, record) : {};
  const fields = shape?.fields.filter(
    (it) => !without.includes(it.name) && !same(values[it.name], null),
  );
  return { shape, values, fields: fields ?? [] };
}

/** What a record says in sentences. */
export function Facts(props: FactsProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { values, fields } = useFilled(props);
  const told = fields.filter((it) => it.takes === "text");
  return (
    <Section title={t("catalogue.sheet.facts")}>
      {told.length === 0 && <p className={styles.small}>{t("catalogue.sheet.noFacts")}</p>}
      <dl className={styles.facts}>
        {told.map(({ name }) => (
          <div key={name}>
            <dt>{words.field(name)}</dt>
            <dd className={styles.prose} dir="auto">
              {String(values[name])}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** What a record says in words of scales, numbers, days and lists; and who wrote it when. */
export function Details(props: FactsProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { shape, values, fields } = useFilled(props);
  const actor = useActor();
  const { record, kind } = props;
  const about = (when: string, who: string) => ({ when: formatDate(when), who: actor(who) });
  return (
    <Section title={t("catalogue.sheet.details")}>
      <dl className={styles.details}>
        {fields
          .filter((it) => it.takes !== "text")
          .map((field) => (
            <div key={field.name}>
              <dt>{words.field(field.name)}</dt>
              <dd>
                <Detail
                  kind={kind}
                  shape={shape}
                  field={field}
                  value={values[field.name] ?? null}
                />
              </dd>
            </div>
          ))}
      </dl>
      <p className={styles.small}>
        {t("catalogue.sheet.created", about(record.created_at, record.created_by))}
      </p>
      {record.version > 1 && (
        <p className={styles.small}>
          {t("catalogue.sheet.changed", about(record.changed_at, record.changed_by))} ·{" "}
          {t("catalogue.sheet.version", { version: record.version })}
        </p>
      )}
    </Section>
  );
}

interface DetailProps {
  kind: RecordKind;
  shape: RecordShape | undefined;
  field: FieldShape;
  value: FieldValue;
}

function Detail({ kind, shape, field, value }: DetailProps) {
  const { t } = useTranslation();
  if (field.takes === "tags" && Array.isArray(value)) {
    return (
      <ul className={styles.tags}>
        {value.map((tag) => (
          <li key={tag}>
            <Link
              to={kind === "solution" ? "/catalogue/solutions" : "/catalogue/gaps"}
              search={{ tag }}
              className={styles.tag}
            >
              {tag}
            </Link>
          </li>
        ))}
      </ul>
    );
  }
  if (field.name === "origin_node") {
    const [map, node] = String(value).split("/");
    return (
      <Link
        to="/maps/$id"
        params={{ id: map ?? "" }}
        search={{ ...(node !== undefined && { node }) }}
      >
        {t("catalogue.sheet.fromNode")}
      </Link>
    );
  }
  return <ValueView kind={kind} shape={shape} field={field.name} value={value} />;
}
