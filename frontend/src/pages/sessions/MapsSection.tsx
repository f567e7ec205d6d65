import { Link } from "@tanstack/react-router";
import { FileInput, Lock, LockOpen, Map as MapIcon, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MapRecord, Session } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button, buttonClass } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { formatRelative } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useChangeMap, useMaps } from "~/hooks/useMaps";
import { ExportButton } from "~/pages/export/ExportButton";
import { ListFrame } from "~/pages/ListFrame";
import { ImportMapDialog } from "~/pages/mapimport/ImportMapDialog";
import { CreateMapDialog } from "./CreateMapDialog";
import styles from "./MapsSection.module.css";
import { Section } from "./Section";

/** The maps of a session: open one, make one, lock one. */
export function MapsSection({ session, runs }: { session: Session; runs: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"create" | "import" | null>(null);
  const close = () => setOpen(null);
  const list = useMaps(session.id);
  const none = !list.loading && list.items.length === 0;
  const create = (
    <>
      <Button icon={FileInput} size="s" onClick={() => setOpen("import")}>
        {t("mapImport.open")}
      </Button>
      <Button
        icon={Plus}
        variant={none ? "primary" : "secondary"}
        size="s"
        onClick={() => setOpen("create")}
      >
        {t("sessions.maps.create")}
      </Button>
    </>
  );
  const empty = (
    <EmptyState
      plain
      icon={MapIcon}
      title={t("sessions.maps.empty")}
      text={runs ? t("sessions.maps.emptyText") : undefined}
      action={runs ? create : undefined}
    />
  );
  return (
    <Section title={t("sessions.maps.title")} actions={runs && !none ? create : undefined}>
      <ListFrame list={list} empty={empty}>
        {(maps) => (
          <ul className={styles.list}>
            {maps.map((map) => (
              <MapRow key={map.id} map={map} runs={runs} />
            ))}
          </ul>
        )}
      </ListFrame>
      {open === "create" && <CreateMapDialog session={session.id} onClose={close} />}
      {open === "import" && (
        <ImportMapDialog
          place={{ session: session.id }}
          onDone={() => {
            close();
            toast({ title: t("mapImport.doneNew") });
          }}
          onClose={close}
        />
      )}
    </Section>
  );
}

function MapRow({ map, runs }: { map: MapRecord; runs: boolean }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const change = useChangeMap(map.id);
  const locked = map.state !== "open";
  const toggle = () =>
    change.mutate(
      { version: map.version, state: locked ? "open" : "locked" },
      {
        onSuccess: () =>
          toast({ title: t(locked ? "sessions.maps.unlockDone" : "sessions.maps.lockDone") }),
        onError: (error) => toast({ title: explain(error), tone: "danger" }),
      },
    );
  return (
    <li className={styles.row}>
      <span className={styles.mark}>
        <MapIcon aria-hidden="true" />
      </span>
      <div className={styles.words}>
        <p className={styles.title} dir="auto">
          {map.title} {map.state !== "open" && <Badge>{t(`sessions.maps.${map.state}`)}</Badge>}
        </p>
        <p className={styles.meta}>
          {t("sessions.maps.changed", { when: formatRelative(map.changed_at) })}
        </p>
      </div>
      <div className={styles.actions}>
        {runs && (
          <IconButton
            icon={locked ? LockOpen : Lock}
            label={t(locked ? "sessions.maps.unlock" : "sessions.maps.lock")}
            busy={change.isPending}
            onClick={toggle}
          />
        )}
        <ExportButton map={map.id} label={t("export.openMap", { title: map.title })} />
        <Link
          to="/maps/$id"
          params={{ id: map.id }}
          className={buttonClass({ variant: "primary" })}
          aria-label={t("sessions.maps.openMap", { title: map.title })}
        >
          {t("sessions.maps.open")}
        </Link>
      </div>
    </li>
  );
}
