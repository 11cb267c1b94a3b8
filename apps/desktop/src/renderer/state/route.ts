/** Where the person is. The address bar holds the same as `#/inbox/<id>`. */
export type Route =
  | { readonly name: "inbox"; readonly conversationId: string | null }
  | { readonly name: "tickets"; readonly ticketId: string | null }
  | { readonly name: "customers"; readonly customerId: string | null }
  | { readonly name: "reports" }
  | { readonly name: "floor"; readonly queueId: string | null }
  | { readonly name: "settings"; readonly section: string | null };

export type RouteName = Route["name"];

export const home: Route = { name: "inbox", conversationId: null };

/** @param hash with or without `#`; anything unknown leads home */
export function parseRoute(hash: string): Route {
  const [name, last] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decodePart);
  const id = last ? last : null;
  if (name === "tickets") return { name, ticketId: id };
  if (name === "customers") return { name, customerId: id };
  if (name === "reports") return { name };
  if (name === "floor") return { name, queueId: id };
  if (name === "settings") return { name, section: id };
  return name === "inbox" ? { name, conversationId: id } : home;
}

export function formatRoute(route: Route): string {
  const id = routeId(route);
  return id === null ? `#/${route.name}` : `#/${route.name}/${encodeURIComponent(id)}`;
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

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
