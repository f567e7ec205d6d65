import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import styles from "./PageHeading.module.css";

// The path whose heading was last shown: a heading on another path has been navigated to, and takes focus.
// A page's first heading does not, nor does a filter that changes only the query.
let shown: string | null = null;

interface PageHeadingProps {
  /** The heading's words, and the browser tab's. */
  title: string;
  /** The browser tab's words, where they are not the heading's. */
  tab?: string;
  large?: boolean;
  /** Beside the title, such as a state. */
  beside?: ReactNode;
  /** A line under the title. */
  text?: ReactNode;
  /** What can be done with the page as a whole. */
  actions?: ReactNode;
  /** Above the title: the way back, or where one is. */
  above?: ReactNode;
}

/** The one h1 of a page: names the browser tab, and takes focus when it has been navigated to. */
export function PageHeading(props: PageHeadingProps) {
  const { title, tab = title, large = false, beside, text, actions, above } = props;
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const router = useRouter();
  useEffect(() => {
    document.title = t("common.pageTitle", { page: tab });
  }, [t, tab]);
  // Once, when it appears: the address changes already while the page before it is still drawn.
  useEffect(() => {
    const path = router.state.location.pathname;
    if (shown !== null && shown !== path) heading.current?.focus();
    shown = path;
  }, [router]);
  return (
    <header className={styles.header}>
      {above !== undefined && <div className={styles.above}>{above}</div>}
      <div className={styles.row}>
        <div className={styles.words}>
          <div className={styles.line}>
            <h1
              ref={heading}
              tabIndex={-1}
              className={classes(styles.title, large && styles.large)}
              dir="auto"
            >
              {title}
            </h1>
            {beside}
          </div>
          {text !== undefined && (
            <div className={classes(styles.text, large && styles.largeText)}>{text}</div>
          )}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </header>
  );
}
