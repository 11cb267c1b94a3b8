import type { AgentSpan } from "../../contract/agent-history.ts";
import type { ReportStretch } from "../../contract/reports.ts";

/**
 * One agent's stretches as a history without gaps, oldest first: what only differs by the work in hand is one span, and
 * between stretches nobody is there.
 * @param stretches oldest first, with the last one that began before `from`
 */
export function spansOf(stretches: readonly ReportStretch[], from: number): AgentSpan[] {
  const spans: AgentSpan[] = [];
  const add = (span: AgentSpan): void => {
    const last = spans.at(-1);
    if (last) spans[spans.length - 1] = { ...last, until: last.until ?? span.from };
    spans.push(span);
  };
  for (const { state, reason, by, from: since, until, left } of stretches) {
    const last = spans.at(-1);
    const isSame = last?.state === state && last.reason === reason && last.until === since;
    if (last && isSame) spans[spans.length - 1] = { ...last, until };
    else add({ from: since, until, state, reason, by });
    if (left && until !== null) add({ from: until, until: null, ...left });
  }
  return spans.filter((s) => s.until === null || s.until > from);
}
