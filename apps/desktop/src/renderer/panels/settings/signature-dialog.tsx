import type { Signature } from "@tongdai/shared";
import { lazy, Suspense, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import type { SignatureWords } from "./signature-box.tsx";
import { useBasis, Versioned } from "./versioned.tsx";

// The editor is large, and few come here.
const SignatureBox = lazy(() => import("./signature-box.tsx"));

export interface SignatureDialogProps {
  /** A person, or a channel account. */
  readonly ownerId: string;
  readonly title: string;
  readonly lead: string;
  readonly save: (client: Client, words: SignatureWords & { version?: number | undefined }) => Promise<void>;
  readonly onClose: () => void;
}

/** Writes a signature; without words there is none any more. */
export function SignatureDialog(props: SignatureDialogProps) {
  const current = useSelect((s) => s.people.signatures[props.ownerId]);
  const [opened] = useState(current ?? null);
  return (
    <Versioned opened={opened} current={current}>
      {(signature) => <Form {...props} signature={signature} />}
    </Versioned>
  );
}

interface FormProps extends SignatureDialogProps {
  readonly signature: Signature | null;
}

function Form({ signature, title, lead, save, onClose }: FormProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit } = useSubmit();
  const { version } = useBasis();
  const [words, setWords] = useState<SignatureWords>({
    html: signature?.html ?? "",
    text: signature?.text ?? "",
  });
  const wrong = errorOf("text")["error"];
  const onSubmit = async () => {
    if (await submit(() => save(client, { ...words, version }))) onClose();
  };
  return (
    <FormDialog
      title={title}
      lead={lead}
      busy={busy}
      problem={problem ?? wrong ?? null}
      isReady={words.html !== (signature?.html ?? "")}
      onSubmit={() => void onSubmit()}
      onClose={onClose}
    >
      <Suspense fallback={<Skeleton className="h-28" />}>
        <SignatureBox html={words.html} onChange={setWords} />
      </Suspense>
      <p className="text-small text-ink-3">{t("signature.none")}</p>
    </FormDialog>
  );
}
