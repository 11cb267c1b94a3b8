import { useSelect } from "../../actions/react-client.ts";
import type { State } from "../../state/model.ts";

/** What is known of the files of drafts, for `unfitFiles`. */
export function useDraftFiles(): Pick<State, "drafts" | "media" | "uploads"> {
  const drafts = useSelect((s) => s.drafts);
  const media = useSelect((s) => s.media);
  const uploads = useSelect((s) => s.uploads);
  return { drafts, media, uploads };
}
