import { cancelUpload, removeAttachment, retryUpload } from "../../actions/attach-files.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { UploadState } from "../../state/model.ts";
import { FileChip } from "../../ui/files.tsx";
import { errorText } from "../words.ts";

interface DraftAttachmentsProps {
  readonly conversationId: string;
  readonly mediaIds: readonly string[];
}

export function DraftAttachments({ conversationId, mediaIds }: DraftAttachmentsProps) {
  const t = useT();
  const client = useClient();
  const media = useSelect((s) => s.media);
  const all = useSelect((s) => s.uploads);
  const uploads = all.filter((u) => u.conversationId === conversationId);
  if (mediaIds.length === 0 && uploads.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5 px-3 pb-2">
      {mediaIds.map((id) => (
        <li key={id}>
          <FileChip
            name={media[id]?.name ?? t("common.file")}
            {...(media[id] ? { bytes: media[id].size, type: media[id].mime } : {})}
            onRemove={() => removeAttachment(client, conversationId, id)}
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.id}>
          <Upload upload={upload} />
        </li>
      ))}
    </ul>
  );
}

function Upload({ upload }: { readonly upload: UploadState }) {
  const t = useT();
  const client = useClient();
  const remove = () => cancelUpload(client, upload.id);
  if (!upload.error) return <FileChip name={upload.name} progress={upload.progress} onRemove={remove} />;
  return (
    <FileChip
      name={upload.name}
      error={`${errorText(upload.error.code, t)}. ${t("common.retry")}`}
      onOpen={() => retryUpload(client, upload.id)}
      onRemove={remove}
    />
  );
}
