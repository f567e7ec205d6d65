import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Clash, FieldValue } from "~/api/types";
import { Notice } from "~/components/Notice";
import type { Clashes, Side } from "./draft";
import styles from "./Form.module.css";

interface ClashNoticeProps {
  /** What was changed by two people, such as GAP-12. */
  number: string;
  clashes: Clashes;
  choices: Readonly<Record<string, Side>>;
  onChoose: (field: string, side: Side) => void;
  /** The words for a field. */
  label: (field: string) => string;
  /** How the value of a field is shown. */
  value: (field: string, value: FieldValue) => ReactNode;
}

/** What somebody else saved meanwhile, beside what stands in the form: the person chooses field by field. */
export function ClashNotice(props: ClashNoticeProps) {
  const { number, clashes, choices, onChoose, label, value } = props;
  const { t } = useTranslation();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  const left = clashes.open.filter(({ field }) => choices[field] === undefined).length;
  return (
    <div ref={top} tabIndex={-1} data-conflict="">
      <Notice tone="danger" title={t("catalogue.clash.title", { number })}>
        <p>{t("catalogue.clash.text")}</p>
        <div className={styles.clash}>
          {clashes.open.map((it) => (
            <Choice
              key={it.field}
              clash={it}
              chosen={choices[it.field]}
              onChoose={onChoose}
              label={label}
              value={value}
            />
          ))}
          {clashes.taken.length > 0 && (
            <div>
              <p>{t("catalogue.clash.taken")}:</p>
              {clashes.taken.map((it) => (
                <p key={it.field} className={styles.value}>
                  <strong>{label(it.field)}:</strong> {value(it.field, it.theirs)}
                </p>
              ))}
            </div>
          )}
          <p role="status">{left > 0 && t("catalogue.clash.left", { count: left })}</p>
        </div>
      </Notice>
    </div>
  );
}

interface ChoiceProps extends Pick<ClashNoticeProps, "onChoose" | "label" | "value"> {
  clash: Clash;
  chosen: Side | undefined;
}

function Choice({ clash, chosen, onChoose, label, value }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.field}>
      <legend>{label(clash.field)}</legend>
      <div className={styles.sides}>
        {(["yours", "theirs"] as const).map((side) => (
          <label key={side} className={styles.side}>
            <input
              type="radio"
              name={`clash-${clash.field}`}
              checked={chosen === side}
              onChange={() => onChoose(clash.field, side)}
            />
            <span className={styles.value}>
              <strong>{t(`catalogue.clash.${side}`)}</strong>
              {value(clash.field, clash[side])}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
