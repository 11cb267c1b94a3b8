import type { Capabilities, Conversation } from "@tongdai/shared";
import { cancelUpload, removeAttachment, retryUpload } from "../../actions/attach-files.ts";
import { useClient, useMedia, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { UploadState } from "../../state/model.ts";
import { selectCapabilities } from "../../state/selectors.ts";
import { unfit } from "../../state/unfit.ts";
import { FileChip } from "../../ui/files.tsx";
import { errorText } from "../words.ts";

interface DraftAttachmentsProps {
  readonly conversation: Conversation;
  readonly mediaIds: readonly string[];
}

/** In the order in which they were added and will be sent, those that are still on their way among them. */
export function DraftAttachments({ conversation, mediaIds }: DraftAttachmentsProps) {
  const conversationId = conversation.id;
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.attachments ?? null);
  const media = useSelect((s) => s.media);
  const all = useSelect((s) => s.uploads);
  const rows = [
    ...mediaIds.map((id) => ({ id, place: media[id]?.place ?? -1, upload: null })),
    ...all
      .filter((u) => u.conversationId === conversationId)
      .map((upload) => ({ id: upload.id, place: upload.place, upload })),
  ].sort((a, b) => a.place - b.place);
  if (rows.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5 px-3 pb-2">
      {rows.map(({ id, upload }) => (
        <li key={id} className="min-w-0">
          {upload ? (
            <Upload upload={upload} />
          ) : (
            <Attached conversationId={conversationId} mediaId={id} rules={rules} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface AttachedProps {
  readonly conversationId: string;
  readonly mediaId: string;
  /** `null`: not known yet. */
  readonly rules: Capabilities["attachments"] | null;
}

function Attached({ conversationId, mediaId, rules }: AttachedProps) {
  const t = useT();
  const client = useClient();
  const file = useSelect((s) => s.media[mediaId]);
  const picture = useMedia(file?.thumbnail ? mediaId : null, "thumbnail");
  return (
    <FileChip
      name={file?.name ?? t("common.file")}
      {...(file ? { bytes: file.size, type: file.mime } : {})}
      {...(file && rules && unfit(file, rules) ? { error: t("desk.ways.unfit") } : {})}
      {...(picture && picture !== "failed" ? { picture } : {})}
      onRemove={() => removeAttachment(client, conversationId, mediaId)}
    />
  );
}

function Upload({ upload: { id, name, progress, error, stopped } }: { readonly upload: UploadState }) {
  const t = useT();
  const client = useClient();
  const remove = () => cancelUpload(client, id);
  if (stopped) return <FileChip name={name} error={t("desk.ways.unfit")} onRemove={remove} />;
  if (!error) return <FileChip name={name} progress={progress} onRemove={remove} />;
  return (
    <FileChip
      name={name}
      error={errorText(error.code, t)}
      onRetry={() => retryUpload(client, id)}
      onRemove={remove}
    />
  );
}
