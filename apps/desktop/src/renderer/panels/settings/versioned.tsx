import { createContext, type ReactNode, useContext, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Banner } from "../../ui/states.tsx";
import { changedText } from "./audit-words.ts";

interface Basis {
  /** What a save says that it is based on. */
  readonly version: number | undefined;
  /** What somebody else did while the form was open, and the choice that this leaves. */
  readonly notice: ReactNode;
}

const BasisContext = createContext<Basis>({ version: undefined, notice: null });

export const useBasis = (): Basis => useContext(BasisContext);

interface VersionedProps<T> {
  /** What was opened; `null`: something new. */
  readonly opened: T | null;
  /** The same as it is now; `undefined`: it is gone. */
  readonly current: T | undefined;
  /** The form, filled from this. */
  readonly children: (thing: T | null) => ReactNode;
}

/**
 * A form whose save carries the version that it is based on. When somebody else saves meanwhile it says what they changed:
 * one takes theirs, and the form begins anew from it, or keeps one's own, and the save replaces theirs.
 */
export function Versioned<T extends { readonly version: number }>(props: VersionedProps<T>) {
  const { opened, current, children } = props;
  const [base, setBase] = useState(opened);
  const [version, setVersion] = useState(opened?.version);
  const isStale = version !== undefined && current !== undefined && current.version > version;
  const takeTheirs = () => {
    setBase(current ?? null);
    setVersion(current?.version);
  };
  const notice =
    isStale && base ? (
      <Meanwhile was={base} now={current} onTake={takeTheirs} onKeep={() => setVersion(current.version)} />
    ) : opened && !current ? (
      <Gone />
    ) : null;
  return (
    <BasisContext value={{ version, notice }} key={base?.version}>
      {children(base)}
    </BasisContext>
  );
}

interface MeanwhileProps {
  readonly was: object;
  readonly now: object;
  readonly onTake: () => void;
  readonly onKeep: () => void;
}

function Meanwhile({ was, now, onTake, onKeep }: MeanwhileProps) {
  const t = useT();
  const people = useSelect((s) => s.people);
  return (
    <div
      role="alert"
      data-edge
      className="flex flex-col gap-2 rounded-ui bg-amber-soft px-3 py-2 text-body text-amber-ink"
    >
      <p className="font-medium">{t("record.changedMeanwhile")}</p>
      <p className="line-clamp-3 text-small">{changedText(was, now, { people, t })}</p>
      <p className="text-small">{t("record.keepHint")}</p>
      <p className="flex gap-2">
        <Button size="small" onClick={onTake}>
          {t("record.takeTheirs")}
        </Button>
        <Button size="small" onClick={onKeep}>
          {t("record.keepMine")}
        </Button>
      </p>
    </div>
  );
}

function Gone() {
  const t = useT();
  return <Banner tone="warning">{t("record.goneMeanwhile")}</Banner>;
}
