import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { ClientProvider } from "../../src/renderer/actions/react-client.ts";
import { TooltipScope } from "../../src/renderer/ui/tooltip.tsx";
import type { Desk } from "./desk.ts";

/** A panel on the page with a person before it. */
export function show(desk: Pick<Desk, "client">, panel: ReactNode) {
  const user = userEvent.setup();
  const page = render(
    <ClientProvider value={desk.client}>
      <TooltipScope>{panel}</TooltipScope>
    </ClientProvider>,
  );
  return { user, ...page };
}
