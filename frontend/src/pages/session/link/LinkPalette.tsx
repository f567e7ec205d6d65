import { Dialog as Base } from "@base-ui/react/dialog";
import { Search, X } from "lucide-react";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { IconButton } from "~/components/IconButton";
import { Spinner } from "~/components/Spinner";
import { useExplain } from "~/hooks/useExplain";
import { useMapModel } from "~/hooks/useMapModel";
import type { NodeId } from "~/map/schema";
import { keyLabel } from "~/pages/session/keys/label";
import styles from "./LinkPalette.module.css";
import { PaletteFilters } from "./PaletteFilters";
import { PaletteList } from "./PaletteList";
import type { Linking } from "./useLinking";
import { type Palette, usePalette } from "./usePalette";

/** Finds gaps and solutions for an idea and links them: over the page, by keys alone if one likes. */
export function LinkPalette({ linking }: { linking: Linking }) {
  const { node } = linking;
  return node === null ? null : <OpenPalette key={node} linking={linking} id={node} />;
}

function OpenPalette({ linking, id }: { linking: Linking; id: NodeId }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const palette = usePalette(linking, id);
  const text = useMapModel(linking.room.model, (model) => model.node(id)?.text ?? "");
  const list = useId();
  return (
    <Base.Root open onOpenChange={(open) => !open && linking.close()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} initialFocus={field}>
          <header className={styles.header}>
            <div className={styles.about}>
              <Base.Title className={styles.title}>{t("link.palette.title")}</Base.Title>
              <Base.Description className={styles.text} dir="auto">
                {text || t("map.node.empty")}
              </Base.Description>
            </div>
            <Base.Close render={<IconButton icon={X} label={t("common.close")} size="s" />} />
          </header>
          <Field palette={palette} field={field} list={list} />
          <PaletteFilters filter={palette.filter} onFilter={palette.setFilter} />
          <Says palette={palette} offline={linking.offline} />
          <PaletteList id={list} palette={palette} offline={linking.offline} />
          <Foot palette={palette} onClose={linking.close} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface FieldProps {
  palette: Palette;
  field: React.RefObject<HTMLInputElement | null>;
  list: string;
}

function Field({ palette, field, list }: FieldProps) {
  const { t } = useTranslation();
  const count = palette.options.length + (palette.newTitle === null ? 0 : 1);
  return (
    <div className={styles.search}>
      <Search aria-hidden="true" className={styles.icon} />
      <input
        ref={field}
        className={styles.input}
        type="text"
        role="combobox"
        dir="auto"
        autoComplete="off"
        aria-label={t("link.palette.label")}
        aria-expanded={count > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={palette.at >= 0 && count > 0 ? `${list}-${palette.at}` : undefined}
        placeholder={t("link.palette.placeholder")}
        value={palette.typed}
        maxLength={400}
        onChange={(event) => palette.type(event.target.value)}
        onKeyDown={palette.keyDown}
      />
      {palette.suggested.loading && <Spinner />}
    </div>
  );
}

/** What keeps one from linking, what went wrong, and what was found. */
function Says({ palette, offline }: { palette: Palette; offline: boolean }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const { suggested, reason, done, options } = palette;
  return (
    <>
      {reason !== null && <p className={styles.warning}>{reason}</p>}
      {offline && <p className={styles.warning}>{t("link.palette.offline")}</p>}
      {suggested.error && !offline && (
        <p className={styles.warning} role="alert">
          {explain(suggested.error)}{" "}
          <Button size="s" onClick={suggested.retry}>
            {t("common.retry")}
          </Button>
        </p>
      )}
      <p className="visually-hidden" role="status">
        {done
          ? t(`link.palette.${done.what === "linked" ? "didLink" : "didUnlink"}`, {
              handle: done.handle,
            })
          : suggested.loading
            ? ""
            : t("link.palette.count", { count: options.length })}
      </p>
    </>
  );
}

function Foot({ palette, onClose }: { palette: Palette; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { rankedBy } = palette.suggested;
  const words = `link.palette.ranked.${rankedBy}`;
  const how = i18n.exists(words)
    ? t(words as "link.palette.ranked.words, thesaurus, fits and links")
    : rankedBy;
  const keys = [
    ["↑ ↓", "walk"],
    ["Enter", "link"],
    ["N, Enter", "newGap"],
    ["Escape", "close"],
  ] as const;
  return (
    <footer className={styles.foot}>
      <span className={styles.keys} aria-hidden="true">
        {keys.map(([key, words]) => (
          <span key={key}>
            <kbd>{key.split(", ").map(keyLabel).join(", ")}</kbd> {t(`link.palette.keys.${words}`)}
          </span>
        ))}
      </span>
      {rankedBy !== "" && (
        <span className={styles.ranked}>{t("link.palette.rankedBy", { how })}</span>
      )}
      <Button size="s" className={styles.done} onClick={onClose}>
        {t("link.palette.done")}
      </Button>
    </footer>
  );
}
