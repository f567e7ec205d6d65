import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Spinner } from "./Spinner";
import styles from "./Working.module.css";

/** Something that takes a while: what it is, for how long it has been going on, and a way to call it off. */
export function Working({ label, onCancel }: { label: string; onCancel: () => void }) {
  const { t } = useTranslation();
  const n = useSeconds();
  return (
    <div className={styles.working}>
      <Spinner label={label} />
      {/* Said aloud each second it would be a nuisance. */}
      <span className={styles.seconds} aria-hidden="true">
        {t("export.seconds", { n })}
      </span>
      <Button size="s" onClick={onCancel}>
        {t("common.cancel")}
      </Button>
    </div>
  );
}

/** Whole seconds since this began to be shown. */
function useSeconds(): number {
  const [n, setN] = useState(0);
  useEffect(() => {
    const since = performance.now();
    const tick = setInterval(() => setN(Math.floor((performance.now() - since) / 1000)), 500);
    return () => clearInterval(tick);
  }, []);
  return n;
}
