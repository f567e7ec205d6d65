import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Clash, RecordKind } from "~/api/types";
import { Notice } from "~/components/Notice";
import { useShape } from "~/hooks/useRecords";
import { useWords } from "~/pages/catalogue/useWords";
import { ValueView } from "~/pages/catalogue/ValueView";
import type { Clashes, Side } from "./draft";
import styles from "./Form.module.css";

interface ConflictProps {
  kind: RecordKind;
  number: string;
  clashes: Clashes;
  choices: Readonly<Record<string, Side>>;
  onChoose: (field: string, side: Side) => void;
}

/** What somebody else saved meanwhile, beside what stands in the form: the person chooses field by field. */
export function Conflict({ kind, number, clashes, choices, onChoose }: ConflictProps) {
  const { t } = useTranslation();
  const words = useWords();
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
              kind={kind}
              clash={it}
              chosen={choices[it.field]}
              onChoose={onChoose}
            />
          ))}
          {clashes.taken.length > 0 && (
            <div>
              <p>{t("catalogue.clash.taken")}:</p>
              {clashes.taken.map((it) => (
                <p key={it.field} className={styles.value}>
                  <strong>{words.field(it.field)}:</strong>{" "}
                  <Value kind={kind} clash={it} side="theirs" />
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

interface ChoiceProps {
  kind: RecordKind;
  clash: Clash;
  chosen: Side | undefined;
  onChoose: (field: string, side: Side) => void;
}

function Choice({ kind, clash, chosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <fieldset className={styles.field}>
      <legend>{words.field(clash.field)}</legend>
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
              <Value kind={kind} clash={clash} side={side} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Value({ kind, clash, side }: { kind: RecordKind; clash: Clash; side: Side }) {
  const shape = useShape(kind);
  return <ValueView kind={kind} shape={shape} field={clash.field} value={clash[side]} />;
}
