import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fit, FitScores } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { Loading } from "~/components/Spinner";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useScoreFit, useScores, useShapes } from "~/hooks/useRecords";
import { useWords } from "~/pages/catalogue/useWords";

/** Scores a fit by the server's criteria, over what one scored before. */
export function ScoreDialog({ fit, onClose }: { fit: Fit; onClose: () => void }) {
  const { t } = useTranslation();
  const mine = useScores(fit.id);
  const title = t("catalogue.fits.scoreTitle", { number: fit.number });
  if (mine.data && !mine.isFetching) {
    return <Form fit={fit} mine={mine.data} title={title} onClose={onClose} />;
  }
  return (
    <Dialog open onClose={onClose} title={title}>
      {mine.error ? <Notice tone="danger">{t("common.error.title")}</Notice> : <Loading />}
    </Dialog>
  );
}

interface FormProps {
  fit: Fit;
  mine: FitScores;
  title: string;
  onClose: () => void;
}

function Form({ fit, mine, title, onClose }: FormProps) {
  const { t } = useTranslation();
  const words = useWords();
  const explain = useExplain();
  const { data: shapes } = useShapes();
  const save = useScoreFit(fit.id);
  const [scores, setScores] = useState<FitScores>(mine);
  const criteria = (shapes?.criteria ?? []) as (keyof FitScores)[];
  const options = [
    { value: "", label: t("catalogue.fits.notMyDomain") },
    ...[1, 2, 3, 4, 5].map((it) => ({ value: `${it}`, label: `${it}` })),
  ];
  const submit = () =>
    save.mutate(scores, {
      onSuccess: () => {
        toast({ title: t("catalogue.fits.scored") });
        onClose();
      },
    });
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={save.isPending}>
        {t("common.save")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={t("catalogue.fits.scoreText")}
      onSubmit={submit}
      footer={footer}
    >
      {save.error && <Notice tone="danger">{explain(save.error)}</Notice>}
      {criteria.map((name) => (
        <Select
          key={name}
          label={words.criterion(name)}
          value={scores[name] === null ? "" : `${scores[name]}`}
          options={options}
          onChange={(it) => setScores({ ...scores, [name]: it === "" ? null : Number(it) })}
        />
      ))}
    </Dialog>
  );
}
