import { Link } from "@tanstack/react-router";
import { Check, ExternalLink, Link2, RotateCcw, X } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Card, LinkState } from "~/api/types";
import { Button } from "~/components/Button";
import { formatDateTime } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { Select } from "~/components/Select";
import type { MapNode, NodeLink } from "~/map/model";
import { FITS, type Fit } from "~/map/schema";
import { PATHS } from "~/pages/catalogue/paths";
import { ChipView } from "~/pages/session/link/ChipView";
import { cardText, kindOf } from "~/pages/session/link/chips";
import { useChipWords } from "~/pages/session/link/useChips";
import type { Linking } from "~/pages/session/link/useLinking";
import styles from "./NodeLinks.module.css";
import { Offers } from "./Offers";
import type { NameOf } from "./useNames";

interface NodeLinksProps {
  node: MapNode;
  linking: Linking;
  /** Whether one may write in the map at all. */
  canEdit: boolean;
  nameOf: NameOf;
}

/** The gaps and solutions that a node is linked to, and what else may fit. */
export function NodeLinks({ node, linking, canEdit, nameOf }: NodeLinksProps) {
  const { t } = useTranslation();
  const id = useId();
  const reason = linking.gate.reason("link", { ids: [node.id] });
  const mayLink = canEdit && reason === null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.heading}>
        {t("link.panel.title")}
      </h3>
      {node.links.length > 0 ? (
        <ul className={styles.list}>
          {node.links.map((link) => (
            <LinkItem key={link.target} {...{ node, link, linking, mayLink, nameOf }} />
          ))}
        </ul>
      ) : (
        <p className={styles.none}>{t("link.panel.none")}</p>
      )}
      {canEdit && (
        <div className={styles.actions}>
          <Button
            icon={Link2}
            size="s"
            aria-disabled={!mayLink || undefined}
            title={reason ?? undefined}
            onClick={() =>
              !linking.gate.withheld("link", { ids: [node.id] }) && linking.open(node.id)
            }
          >
            {t("link.open")}
          </Button>
          {mayLink && !linking.offline && (
            <Button size="s" variant="quiet" onClick={() => void linking.makeGap(node.id)}>
              {t("link.makeGap")}
            </Button>
          )}
        </div>
      )}
      {canEdit && reason !== null && <p className={styles.why}>{reason}</p>}
      {mayLink && <Offers linking={linking} node={node} />}
    </section>
  );
}

interface LinkItemProps {
  node: MapNode;
  link: NodeLink;
  linking: Linking;
  mayLink: boolean;
  nameOf: NameOf;
}

function LinkItem({ node, link, linking, mayLink, nameOf }: LinkItemProps) {
  const { t } = useTranslation();
  const words = useChipWords();
  const { target } = link;
  const card = linking.cards.card(target);
  const standing = linking.cards.standing(node.id, target);
  const text = card ? cardText(card, words) : t(`link.chip.${kindOf(target)}`);
  const handle = card?.handle ?? text;
  const label = [text, t(`link.state.${standing}`)].join(", ");
  return (
    <li className={styles.link}>
      <div className={styles.first}>
        <ChipView chip={{ kind: kindOf(target), standing, text, label }} />
        <span className={styles.standing}>{t(`link.state.${standing}`)}</span>
        {mayLink && (
          <IconButton
            icon={X}
            size="s"
            label={t("link.panel.unlink", { handle })}
            onClick={() => linking.unlink(node.id, target)}
          />
        )}
      </div>
      {card?.title && (
        <p className={styles.title} dir="auto">
          {linking.decide ? <RecordLink card={card} /> : card.title}
        </p>
      )}
      {(mayLink || link.fit) && (
        <FitSelect
          label={t("link.panel.fit", { handle })}
          fit={link.fit}
          disabled={!mayLink}
          onChange={(fit) => linking.setFit(node.id, target, fit)}
        />
      )}
      {linking.decide && !linking.offline && (
        <Decisions
          standing={standing}
          onDecide={(state) => void linking.decide?.(node.id, target, state)}
        />
      )}
      {link.at > 0 && (
        <p className={styles.made}>
          {t("link.panel.made", { name: nameOf(link.by), when: formatDateTime(link.at) })}
        </p>
      )}
    </li>
  );
}

/** To the record, for who may read the catalogue. */
function RecordLink({ card }: { card: Card }) {
  const { t } = useTranslation();
  const id = card.target.slice(card.target.indexOf(":") + 1);
  return (
    <Link
      to={PATHS[kindOf(card.target)]}
      params={{ id }}
      target="_blank"
      rel="noreferrer"
      title={t("link.panel.record", { handle: card.handle })}
    >
      {card.title}
      <ExternalLink aria-hidden="true" className={styles.out} />
    </Link>
  );
}

interface FitSelectProps {
  label: string;
  fit: Fit | null;
  disabled: boolean;
  onChange: (fit: Fit | null) => void;
}

function FitSelect({ label, fit, disabled, onChange }: FitSelectProps) {
  const { t } = useTranslation();
  return (
    <Select<Fit | "unsaid">
      label={label}
      hideLabel
      value={fit ?? "unsaid"}
      disabled={disabled}
      options={[
        { value: "unsaid", label: t("link.panel.noFit") },
        ...FITS.map((value) => ({ value, label: t(`link.panel.fits.${value}`) })),
      ]}
      onChange={(value) => onChange(value === "unsaid" ? null : value)}
    />
  );
}

interface DecisionsProps {
  standing: LinkState;
  onDecide: (state: LinkState) => void;
}

/** What analysts may make of a link. */
export function Decisions({ standing, onDecide }: DecisionsProps) {
  const { t } = useTranslation();
  if (standing !== "proposed") {
    return (
      <Button icon={RotateCcw} size="s" variant="quiet" onClick={() => onDecide("proposed")}>
        {t("link.panel.reopen")}
      </Button>
    );
  }
  return (
    <div className={styles.actions}>
      <Button icon={Check} size="s" onClick={() => onDecide("confirmed")}>
        {t("link.panel.confirm")}
      </Button>
      <Button icon={X} size="s" variant="quiet" onClick={() => onDecide("rejected")}>
        {t("link.panel.reject")}
      </Button>
    </div>
  );
}
