import { Download, Grid3x3 } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { matrixTableAddress } from "~/api/coverage";
import type { Matrix } from "~/api/types";
import { Button, buttonClass } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { Select } from "~/components/Select";
import { Loading } from "~/components/Spinner";
import { useMatrix } from "~/hooks/useCoverage";
import { useGroups } from "~/hooks/useGroups";
import { useShape } from "~/hooks/useRecords";
import { DegreeMark } from "~/pages/catalogue/DegreeMark";
import { DEGREES } from "~/pages/catalogue/degree";
import { TagFilter } from "~/pages/catalogue/list/TagFilter";
import { LIGHTS } from "~/pages/catalogue/list/useFilterOptions";
import { useWords } from "~/pages/catalogue/useWords";
import { Problem } from "~/pages/Problem";
import { Section } from "~/pages/sessions/Section";
import styles from "./Coverage.module.css";
import { MatrixPicture } from "./MatrixPicture";
import { MatrixTable } from "./MatrixTable";
import { gridOf, matrixPicture, ORDERS, type PictureWords } from "./matrix";
import { type CoverageSearch, MOST, matrixQueryOf } from "./search";

/** What the parts of the page are given. */
export interface CoverageProps {
  search: CoverageSearch;
  onSearch: (search: CoverageSearch) => void;
}

/** The matrix of gaps and solutions: narrowed, looked at as picture or table, and taken along. */
export function MatrixSection({ search, onSearch }: CoverageProps) {
  const { t } = useTranslation();
  const matrix = useMatrix(matrixQueryOf(search));
  return (
    <Section title={t("catalogue.coverage.matrix")}>
      <p className={styles.text}>{t("catalogue.coverage.matrixText")}</p>
      <MatrixFilters search={search} onSearch={onSearch} />
      {matrix.isPending && <Loading />}
      {!matrix.data && matrix.error && (
        <Problem error={matrix.error} retry={() => void matrix.refetch()} />
      )}
      {matrix.data && <Shown matrix={matrix.data} search={search} onSearch={onSearch} />}
    </Section>
  );
}

function MatrixFilters({ search, onSearch }: CoverageProps) {
  const { t } = useTranslation();
  const words = useWords();
  const groups = useGroups();
  const gap = useShape("gap");
  const fit = useShape("fit");
  const any = { value: "", label: t("catalogue.list.any") };
  const set = (change: CoverageSearch) => onSearch({ ...search, ...change });
  const thor = gap?.fields.find((it) => it.name === "thor")?.choices ?? [];
  const filters = [
    {
      key: "light" as const,
      label: t("catalogue.filter.light"),
      options: LIGHTS.map((value) => ({ value, label: t(`catalogue.light.${value}`) })),
    },
    {
      key: "group" as const,
      label: t("catalogue.filter.group"),
      options: groups.items.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: "thor" as const,
      label: t("catalogue.filter.thor"),
      options: thor.map((value) => ({ value, label: words.word("gap", "thor", value) })),
    },
    {
      key: "state" as const,
      label: t("catalogue.coverage.fitState"),
      options:
        fit?.states.map(({ name }) => ({ value: name, label: words.state("fit", name) })) ?? [],
    },
  ];
  return (
    <search className={styles.filters}>
      {filters.map(({ key, label, options }) => (
        <Select
          key={key}
          label={label}
          value={search[key] ?? ""}
          options={[any, ...options]}
          onChange={(value) => set({ [key]: value || undefined })}
        />
      ))}
      <TagFilter value={search.tag} onChange={(tag) => set({ tag })} />
      <Select
        label={t("catalogue.coverage.order")}
        value={search.order ?? ORDERS[0]}
        options={ORDERS.map((value) => ({ value, label: t(`catalogue.coverage.orders.${value}`) }))}
        onChange={(order) => set({ order: order === ORDERS[0] ? undefined : order })}
      />
      <Select
        label={t("catalogue.coverage.view")}
        value={search.view ?? "picture"}
        options={(["picture", "table"] as const).map((value) => ({
          value,
          label: t(`catalogue.coverage.${value}`),
        }))}
        onChange={(view) => set({ view: view === "table" ? view : undefined })}
      />
      <Select
        label={t("catalogue.coverage.size")}
        value={search.size ?? "m"}
        options={(["m", "s"] as const).map((value) => ({
          value,
          label: t(`catalogue.coverage.sizes.${value}`),
        }))}
        onChange={(size) => set({ size: size === "s" ? size : undefined })}
      />
    </search>
  );
}

function Shown({ matrix, search, onSearch }: CoverageProps & { matrix: Matrix }) {
  const { t } = useTranslation();
  const words = useWords();
  const grid = useMemo(() => gridOf(matrix, search.order ?? "number"), [matrix, search.order]);
  if (grid.gaps.length === 0) {
    return (
      <EmptyState
        plain
        icon={Grid3x3}
        title={t("catalogue.coverage.none")}
        action={<Button onClick={() => onSearch({})}>{t("common.clearFilters")}</Button>}
      />
    );
  }
  const inFile: PictureWords = {
    title: t("catalogue.coverage.matrix"),
    degree: (it) => words.word("fit", "degree", it),
    light: (it) => t(`catalogue.light.${it}`),
    pending: t("catalogue.coverage.pending"),
  };
  return (
    <>
      <div className={styles.bar}>
        <Legend />
        <div className={styles.takeAlong}>
          <Button size="s" icon={Download} onClick={() => download(matrixPicture(grid, inFile))}>
            {t("catalogue.coverage.svg")}
          </Button>
          <a
            className={buttonClass({ size: "s" })}
            href={matrixTableAddress(matrixQueryOf(search))}
            download="coverage.csv"
          >
            <Download aria-hidden="true" size={15} />
            {t("catalogue.coverage.csv")}
          </a>
        </div>
      </div>
      {grid.solutions.length === 0 && (
        <p className={styles.text}>{t("catalogue.coverage.noFits")}</p>
      )}
      {search.view === "table" ? (
        <MatrixTable grid={grid} />
      ) : (
        <MatrixPicture grid={grid} size={search.size ?? "m"} />
      )}
      {grid.gaps.length === MOST && (
        <p className={styles.text}>{t("catalogue.coverage.cut", { n: MOST })}</p>
      )}
    </>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className={styles.legend} aria-label={t("catalogue.coverage.legend")}>
      {DEGREES.map((degree) => (
        <li key={degree}>
          <DegreeMark degree={degree} state="accepted" words />
        </li>
      ))}
      <li className={styles.pending}>
        <DegreeMark degree="good" state="proposed" />
        {t("catalogue.coverage.pending")}
      </li>
    </ul>
  );
}

/** Hands the picture over as a file. */
function download(picture: string) {
  const address = URL.createObjectURL(new Blob([picture], { type: "image/svg+xml" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "coverage.svg";
  link.click();
  URL.revokeObjectURL(address);
}
