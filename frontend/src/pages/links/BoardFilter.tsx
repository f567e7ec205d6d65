import { Link2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "~/components/EmptyState";
import { Segments } from "~/components/Segments";
import { BOARD_FILTERS, type BoardFilter as Filter } from "./filter";

const WORDS = {
  all: "link.board.all",
  none: "link.board.unlinked",
  proposed: "link.board.proposed",
  confirmed: "link.board.confirmed",
} as const;

const EMPTY = {
  all: "link.board.emptyAll",
  none: "link.board.emptyUnlinked",
  proposed: "link.board.emptyProposed",
  confirmed: "link.board.emptyConfirmed",
} as const;

interface BoardFilterProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

/** Chooses which ideas the board shows. */
export function BoardFilter({ filter, onFilter }: BoardFilterProps) {
  const { t } = useTranslation();
  const options = BOARD_FILTERS.map((value) => ({ value, label: t(WORDS[value]) }));
  return (
    <Segments label={t("link.board.filter")} value={filter} options={options} onChange={onFilter} />
  );
}

/** What the board says while nothing is within its filter. */
export function EmptyBoard({ filter }: { filter: Filter }) {
  const { t } = useTranslation();
  return <EmptyState icon={Link2} title={t("link.board.empty")} text={t(EMPTY[filter])} />;
}
