import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Notice } from "~/components/Notice";
import styles from "./ErrorBoundary.module.css";

/** Catches what a page threw while drawing: words and a way on in place of an empty window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <BrokenPage /> : this.props.children;
  }
}

/** What stands in place of a page that broke. */
export function BrokenPage() {
  const { t } = useTranslation();
  return (
    <div className={styles.broken}>
      <Notice
        tone="danger"
        title={t("common.error.pageTitle")}
        action={<Button onClick={() => location.reload()}>{t("common.error.reload")}</Button>}
      >
        {t("common.error.pageText")}
      </Notice>
    </div>
  );
}
