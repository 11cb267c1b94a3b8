/** A day of the contact centre's calendar, and a queue in it; `null`: all of them. */
export interface DayPlace {
  readonly day: string;
  readonly queueId: string | null;
}

/** Where the person is. The address bar holds the same as `#/inbox/<id>`. */
export type Route =
  | { readonly name: "inbox"; readonly conversationId: string | null }
  | { readonly name: "tickets"; readonly ticketId: string | null }
  | { readonly name: "customers"; readonly customerId: string | null }
  | { readonly name: "reports"; readonly of?: DayPlace }
  | { readonly name: "floor"; readonly queueId: string | null }
  | { readonly name: "settings"; readonly section: string | null; readonly of?: DayPlace };

export type RouteName = Route["name"];

export const home: Route = { name: "inbox", conversationId: null };

/** @param hash with or without `#`; anything unknown leads home */
export function parseRoute(hash: string): Route {
  const [name, last, ...rest] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decodePart);
  const id = last ? last : null;
  if (name === "tickets") return { name, ticketId: id };
  if (name === "customers") return { name, customerId: id };
  if (name === "reports") return { name, ...dayPlace([last, ...rest]) };
  if (name === "floor") return { name, queueId: id };
  if (name === "settings") return { name, section: id, ...dayPlace(rest) };
  return name === "inbox" ? { name, conversationId: id } : home;
}

export function formatRoute(route: Route): string {
  const of = "of" in route ? route.of : undefined;
  const parts = [route.name, routeId(route), of?.day ?? null, of?.queueId ?? null];
  return `#/${parts.flatMap((part) => (part === null ? [] : encodeURIComponent(part))).join("/")}`;
}

export function routeId(route: Route): string | null {
  switch (route.name) {
    case "inbox":
      return route.conversationId;
    case "tickets":
      return route.ticketId;
    case "customers":
      return route.customerId;
    case "reports":
      return null;
    case "floor":
      return route.queueId;
    case "settings":
      return route.section;
  }
}

function dayPlace([day, queueId]: readonly (string | undefined)[]): { of?: DayPlace } {
  return day && /^\d{4}-\d\d-\d\d$/.test(day) ? { of: { day, queueId: queueId || null } } : {};
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
