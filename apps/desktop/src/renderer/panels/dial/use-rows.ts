import { type Customer, type Dialled, type RecentCall, readDialled } from "@tongdai/shared";
import { useEffect, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { searchCustomers } from "../../actions/search-customers.ts";
import type { DialTo } from "../../state/dialog.ts";
import { formatPhone, shownName } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";

/** Somebody who can be called. */
export interface DialRow {
  readonly id: string;
  readonly to: DialTo;
  /** `null`: nobody whom we know. */
  readonly name: string | null;
  readonly number: string;
}

const restMs = 150;
/** Looked through for those who have a number; most of whom one finds by a name have none. */
const lookedAt = 50;
const mostKnown = 8;

/** Whom the text may mean: the number itself, customers by name or number, and without a text those who were called last. */
export function useRows(text: string, recent: readonly RecentCall[]) {
  const wanted = text.trim();
  const found = useCustomers(wanted);
  const channels = useSelect((s) => s.people.channels);
  const dialled = readDialled(wanted);
  const known = found.flatMap((customer) =>
    customer.identities
      .filter(({ channel }) => channels[channel]?.capabilities.address === "phone")
      .map((identity): DialRow => {
        const shown = formatPhone(neutralise(identity.externalId));
        const to = { identityId: identity.id, shown };
        return { id: identity.id, to, name: shownName(customer.name), number: shown };
      }),
  );
  if (wanted === "") return { dialled, rows: recent.map(recentRow) };
  const rows = dialled ? [numberRow(dialled, found), ...known] : known;
  return { dialled, rows: rows.filter((row, at) => isFirst(rows, row, at)).slice(0, mostKnown) };
}

/** One number may be known on several channels. */
const isFirst = (rows: readonly DialRow[], row: DialRow, at: number): boolean =>
  rows.findIndex((r) => r.number === row.number && (r.name ?? row.name) === (row.name ?? r.name)) === at;

function numberRow({ e164 }: Dialled, found: readonly Customer[]): DialRow {
  // Who is found by a whole number has it, also where it is masked.
  const name = found.length === 1 ? shownName(found[0]?.name ?? "") : null;
  return { id: e164, to: { number: e164 }, name, number: formatPhone(e164) };
}

const recentRow = ({ identityId, name, number }: RecentCall): DialRow => ({
  id: identityId,
  to: { identityId, shown: number },
  name: shownName(name),
  number,
});

function useCustomers(wanted: string): readonly Customer[] {
  const client = useClient();
  const [found, setFound] = useState<{ wanted: string; customers: readonly Customer[] } | null>(null);
  useEffect(() => {
    if (wanted.length < 2) return;
    let gone = false;
    client.later.put("dial.finder", restMs, () => {
      searchCustomers(client, { query: wanted, limit: lookedAt }).then(
        ({ customers }) => !gone && setFound({ wanted, customers }),
        client.report,
      );
    });
    return () => {
      gone = true;
      client.later.cancel("dial.finder");
    };
  }, [client, wanted]);
  return found?.wanted === wanted ? found.customers : [];
}
