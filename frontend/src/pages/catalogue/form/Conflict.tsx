import type { RecordKind } from "~/api/types";
import { useShape } from "~/hooks/useRecords";
import { useWords } from "~/pages/catalogue/useWords";
import { ValueView } from "~/pages/catalogue/ValueView";
import { ClashNotice } from "./ClashNotice";
import type { Clashes, Side } from "./draft";

interface ConflictProps {
  kind: RecordKind;
  number: string;
  clashes: Clashes;
  choices: Readonly<Record<string, Side>>;
  onChoose: (field: string, side: Side) => void;
}

/** What somebody else saved of a record meanwhile. */
export function Conflict({ kind, ...rest }: ConflictProps) {
  const words = useWords();
  const shape = useShape(kind);
  return (
    <ClashNotice
      {...rest}
      label={words.field}
      value={(field, value) => <ValueView kind={kind} shape={shape} field={field} value={value} />}
    />
  );
}
