import { Link } from "@tanstack/react-router";
import {
  Boxes,
  CircleDashed,
  type LucideIcon,
  Quote,
  Search,
  SearchX,
  Waypoints,
} from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Hit } from "~/api/types";
import { Checkbox } from "~/components/Checkbox";
import { EmptyState } from "~/components/EmptyState";
import { PageHeading } from "~/components/PageHeading";
import { SearchField } from "~/components/SearchField";
import { useSearch } from "~/hooks/useSearch";
import { ListFrame } from "~/pages/ListFrame";
import list from "./list/List.module.css";
import { PATHS } from "./paths";
import styles from "./SearchPage.module.css";
import { type EverythingSearch, KINDS, type SearchKind } from "./searches";

const ICONS: Record<SearchKind, LucideIcon> = {
  gap: CircleDashed,
  solution: Boxes,
  evidence: Quote,
  node: Waypoints,
};

interface SearchPageProps {
  search: EverythingSearch;
  onSearch: (search: EverythingSearch) => void;
}

/** One box for gaps, solutions, evidence and the nodes of maps. */
export function SearchPage({ search, onSearch }: SearchPageProps) {
  const { t } = useTranslation();
  const { q = "" } = search;
  const kinds = search.in ?? [...KINDS];
  const found = useSearch({ q, limit: 30, kind: search.in });
  const setWords = useCallback(
    (words: string) => onSearch({ ...search, q: words || undefined }),
    [search, onSearch],
  );
  const toggle = (kind: SearchKind, on: boolean) => {
    const next = KINDS.filter((it) => (it === kind ? on : kinds.includes(it)));
    onSearch({
      ...search,
      in: next.length === 0 || next.length === KINDS.length ? undefined : next,
    });
  };
  const empty = (
    <EmptyState
      icon={SearchX}
      title={t("catalogue.search.none")}
      text={t("catalogue.search.noneText")}
    />
  );
  return (
    <>
      <PageHeading title={t("catalogue.search.title")} text={t("catalogue.search.text")} />
      <search>
        <SearchField label={t("catalogue.search.label")} value={q} onChange={setWords} />
        <fieldset className={styles.kinds}>
          <legend className="visually-hidden">{t("catalogue.search.in")}</legend>
          {KINDS.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`catalogue.one.${kind}`)}
              checked={kinds.includes(kind)}
              onChange={(on) => toggle(kind, on)}
            />
          ))}
        </fieldset>
      </search>
      {q === "" ? (
        <EmptyState
          icon={Search}
          title={t("catalogue.search.start")}
          text={t("catalogue.search.startText")}
        />
      ) : (
        <>
          <p className="visually-hidden" role="status">
            {!found.loading && t("catalogue.search.found", { count: found.items.length })}
          </p>
          <ListFrame list={found} empty={empty}>
            {(hits) => (
              <ul className={list.list}>
                {hits.map((hit) => (
                  <HitItem key={`${hit.kind} ${hit.map ?? ""} ${hit.id}`} hit={hit} />
                ))}
              </ul>
            )}
          </ListFrame>
        </>
      )}
    </>
  );
}

function HitItem({ hit }: { hit: Hit }) {
  const { t } = useTranslation();
  const kind = KINDS.find((it) => it === hit.kind) ?? "node";
  const Icon = ICONS[kind];
  const name = hit.title || hit.handle || hit.id;
  return (
    <li className={list.row}>
      <div className={list.words}>
        <p className={styles.kind}>
          <Icon aria-hidden="true" size={15} />
          {t(`catalogue.one.${kind}`)} {hit.handle}
        </p>
        {kind === "node" ? (
          <Link
            to="/maps/$id"
            params={{ id: hit.map ?? "" }}
            search={{ node: hit.node ?? hit.id }}
            className={list.title}
            dir="auto"
          >
            {name}
          </Link>
        ) : (
          <Link
            to={PATHS[kind]}
            params={{ id: hit.handle ?? hit.id }}
            className={list.title}
            dir="auto"
          >
            {name}
          </Link>
        )}
        {hit.excerpt !== "" && (
          <p className={styles.excerpt} dir="auto">
            {hit.excerpt}
          </p>
        )}
      </div>
    </li>
  );
}
