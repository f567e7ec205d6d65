import { Link } from "@tanstack/react-router";
import { ArrowLeft, Ellipsis, Merge, Pencil, Printer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordKind, Records, Role } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button, buttonClass } from "~/components/Button";
import { IconButton } from "~/components/IconButton";
import { Menu, MenuItem } from "~/components/Menu";
import { PageHeading } from "~/components/PageHeading";
import { RecordState } from "~/pages/catalogue/RecordState";
import { mayWrite } from "~/pages/catalogue/rights";
import { MergeDialog } from "./MergeDialog";
import styles from "./Sheet.module.css";
import { StateMenu } from "./StateMenu";

const LISTS = {
  gap: ["/catalogue/gaps", "gaps"],
  solution: ["/catalogue/solutions", "solutions"],
  fit: ["/catalogue/fits", "fits"],
  evidence: ["/catalogue/evidence", "evidence"],
} as const satisfies Record<RecordKind, readonly [string, string]>;

interface SheetHeadingProps<Kind extends RecordKind> {
  kind: Kind;
  record: Records[Kind];
  title: string;
  role: Role;
  /** Signs beside the number, such as a light. */
  badges?: ReactNode;
  /** What else can be done with it. */
  actions?: ReactNode;
}

/** Number, title, state and label of a record, and what can be done with it. */
export function SheetHeading<Kind extends RecordKind>(props: SheetHeadingProps<Kind>) {
  const { kind, record, title, role, badges, actions } = props;
  const { t } = useTranslation();
  const [to, name] = LISTS[kind];
  const above = (
    <Link to={to}>
      <ArrowLeft aria-hidden="true" />
      {t(`catalogue.nav.${name}`)}
    </Link>
  );
  return (
    <PageHeading
      above={above}
      title={title}
      tab={`${record.number} ${title}`}
      text={
        <span className={styles.badges}>
          <strong>{record.number}</strong>
          {badges}
          <RecordState kind={kind} state={record.state} />
          <Badge>TLP:{record.tlp}</Badge>
        </span>
      }
      actions={
        <div className={styles.actions}>
          <StateMenu kind={kind} record={record} role={role} />
          {actions}
          {(kind === "gap" || kind === "solution") && (
            <TitledActions kind={kind} record={record as Records["gap" | "solution"]} role={role} />
          )}
        </div>
      }
    />
  );
}

interface TitledActionsProps {
  kind: "gap" | "solution";
  record: Records["gap" | "solution"];
  role: Role;
}

function TitledActions({ kind, record, role }: TitledActionsProps) {
  const { t } = useTranslation();
  const [merging, setMerging] = useState(false);
  const writes = mayWrite(role) && record.state !== "merged";
  const edit = kind === "gap" ? "/catalogue/gaps/$id/edit" : "/catalogue/solutions/$id/edit";
  if (!writes) {
    return (
      <Button icon={Printer} onClick={() => window.print()}>
        {t("catalogue.sheet.print")}
      </Button>
    );
  }
  return (
    <div className={styles.together}>
      <Link
        to={edit}
        params={{ id: record.number }}
        className={buttonClass({ variant: "primary" })}
      >
        <Pencil aria-hidden="true" size={17} />
        {t("catalogue.sheet.edit")}
      </Link>
      <Menu trigger={<IconButton icon={Ellipsis} label={t("catalogue.sheet.more")} />}>
        <MenuItem icon={Printer} onSelect={() => window.print()}>
          {t("catalogue.sheet.print")}
        </MenuItem>
        <MenuItem icon={Merge} onSelect={() => setMerging(true)}>
          {t("catalogue.sheet.merge")}
        </MenuItem>
      </Menu>
      {merging && <MergeDialog kind={kind} record={record} onClose={() => setMerging(false)} />}
    </div>
  );
}
