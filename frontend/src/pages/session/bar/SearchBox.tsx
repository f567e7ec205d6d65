import { Search } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useDeferredValue,
  useId,
  useMemo,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { KIND_ICONS } from "~/components/kindIcons";
import { useModelVersion } from "~/hooks/useModelVersion";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import { search } from "~/map/search";
import styles from "~/pages/session/bar/SearchBox.module.css";
import type { Hit } from "~/pages/session/bar/useHits";

/** More results than this nobody reads: another word finds the right one. */
const SHOWN = 50;

interface SearchBoxProps {
  model: MapModel;
  /** For the key that leads here. */
  input: RefObject<HTMLInputElement | null>;
  /** What it is for, where that is not finding a node to look at. */
  label?: string;
  onJump: Jump;
  /** Called when the search is left with Escape or after a jump. */
  onDone: () => void;
  /** Which of what was found one has gone to. */
  hit?: Hit | null;
}

/** Goes to a node; by the key, which may go on to the others that were found. */
type Jump = (id: NodeId, among?: readonly NodeId[]) => void;

/** Finds nodes by their words: type, choose with the arrows, Enter jumps there. */
export function SearchBox(props: SearchBoxProps) {
  const { model, input, label, onJump, onDone, hit = null } = props;
  const { t } = useTranslation();
  const list = useId();
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState(false);
  // A node and not a place in the list: others go on writing, and the list moves under it.
  const [chosen, setChosen] = useState<NodeId | null>(null);
  const isOpen = open && query.trim() !== "";
  const { words, found } = useFound(model, isOpen ? query : "");
  const shown = found.slice(0, SHOWN);
  const at = Math.max(0, chosen === null ? 0 : shown.indexOf(chosen));

  const jump = (id: NodeId | undefined, among?: readonly NodeId[]) => {
    if (id === undefined) return;
    setOpen(false);
    onJump(id, among);
    onDone();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      setOpen(true);
      setChosen(shown[(at + step + shown.length) % Math.max(1, shown.length)] ?? null);
    } else if (event.key === "Enter") {
      // Fingers may be faster than the list: what was typed counts, and not what is shown yet.
      const now = words === query ? found : search(model, query);
      jump(now[words === query ? at : 0], now);
    } else if (event.key === "Escape") {
      setOpen(false);
      onDone();
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <search className={styles.search}>
      <Search aria-hidden="true" className={styles.icon} />
      <input
        ref={input}
        className={styles.input}
        type="text"
        role="combobox"
        dir="auto"
        autoComplete="off"
        aria-label={label ?? t("map.search.label")}
        aria-expanded={isOpen}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && shown[at] ? `${list}-${at}` : undefined}
        placeholder={t("map.search.placeholder")}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(null);
          setOpen(true);
        }}
        onFocus={(event) => {
          event.target.select();
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={keyDown}
      />
      <HitCount hit={hit} />
      {isOpen && (
        <Popup count={found.length}>
          <Results {...{ model, at }} id={list} ids={shown} onHover={setChosen} onJump={jump} />
        </Popup>
      )}
    </search>
  );
}

/** Under the field: how much was found, and the first of it. */
function Popup({ count, children }: { count: number; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.popup}>
      <p className={styles.count} role="status">
        {count === 0 ? t("map.search.none") : t("map.search.count", { count })}
      </p>
      {children}
      {count > SHOWN && (
        <p className={styles.count}>{t("map.search.more", { count: count - SHOWN })}</p>
      )}
    </div>
  );
}

/** Which hit one is at, and how to go on: seen as two numbers, told in words. */
function HitCount({ hit }: { hit: Hit | null }) {
  const { t } = useTranslation();
  return (
    <span role="status" className={styles.hit} title={hit ? t("map.search.onward") : undefined}>
      {hit && (
        <>
          <span aria-hidden="true">
            {hit.n}/{hit.of}
          </span>
          <span className="visually-hidden">
            {t("map.search.at", { ...hit })} {t("map.search.onward")}
          </span>
        </>
      )}
    </span>
  );
}

/** What is found as the map is now, for the words that there was time to look up. */
function useFound(model: MapModel, query: string) {
  const words = useDeferredValue(query);
  const version = useModelVersion(model).any;
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another version other nodes are found
  const found = useMemo(() => search(model, words), [model, words, version]);
  return { words, found };
}

interface ResultsProps {
  id: string;
  model: MapModel;
  ids: readonly NodeId[];
  at: number;
  onHover: (id: NodeId) => void;
  onJump: (id: NodeId) => void;
}

function Results({ id: list, model, ids, at, onHover, onJump }: ResultsProps) {
  const { t } = useTranslation();
  return (
    <div id={list} role="listbox" aria-label={t("map.search.label")} className={styles.results}>
      {ids.map((id, index) => {
        const node = model.node(id);
        const Icon = node?.kind ? KIND_ICONS[node.kind] : null;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          <div
            key={id}
            id={`${list}-${index}`}
            ref={index === at ? intoView : undefined}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.result}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => index !== at && onHover(id)}
            onClick={() => onJump(id)}
          >
            <span className={styles.text} dir="auto">
              {Icon && <Icon aria-hidden="true" className={styles.kind} />}
              <span className={styles.words}>{node?.text || t("map.node.empty")}</span>
            </span>
            <span className={styles.path} dir="auto">
              {pathOf(model, id) || t("map.search.central")}
            </span>
          </div>
        );
      })}
    </div>
  );
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

/** The texts above a node, without the central topic's. */
function pathOf(model: MapModel, id: NodeId): string {
  const above = Array.from(model.ancestors(id), ({ text }) => text).reverse();
  return above.slice(1).join(" › ");
}
